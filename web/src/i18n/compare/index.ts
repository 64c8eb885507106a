/** The words of the page that puts two pictures side by side; loaded with it. */
import { area } from '..';

export const compare = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
