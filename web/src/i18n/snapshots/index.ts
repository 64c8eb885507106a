/** The words about the snapshots of a closed group; loaded with them. */
import { area } from '..';

export const snapshots = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
