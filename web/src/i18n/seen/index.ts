/** The words of "What others see"; fetched when somebody looks. */
import { area } from '..';

export const seenWords = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
