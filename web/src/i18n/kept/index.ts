/** What is kept on this device, what could not be kept, and what would be lost; opened with the person's own rooms. */
import { area } from '..';

export const kept = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
