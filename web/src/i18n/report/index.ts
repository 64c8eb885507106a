/** The words of saved pictures, of exact links and of the one-page report; loaded with the rooms that have them. */
import { area } from '..';

export const reportWords = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
