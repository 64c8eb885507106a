/** The words about the published pictures that a person's places are part of. */
import { area } from '..';

export const pictures = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
