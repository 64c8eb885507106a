/** The words of the page with public stories; loaded with it. */
import { area } from '..';

export const storyWords = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
