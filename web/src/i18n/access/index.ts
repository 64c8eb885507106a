/** The words of reaching support, of what would change it, and of its rhythm by neighbourhood; loaded with those pages. */
import { area } from '..';

export const accessWords = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
