/** The words of the planner's pages beyond the first picture: measures, heat, rhythm; loaded with them. */
import { area } from '..';

export const planner = area({
  en: async () => (await import('./en')).en,
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
});
