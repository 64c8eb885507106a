/** The words of the person's own rooms: adding places, this phone, photos, diary, collage, network. */
import { area } from '..';

export const mine = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
