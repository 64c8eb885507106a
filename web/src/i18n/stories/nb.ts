/** Norwegian, for public stories. */
import type { StoryWords } from './en';

export const nb: StoryWords = {
  title: 'Historier',
  lead: 'Her forteller folk hva et sted betyr for dem. De har selv valgt at alle kan lese det, og hvor nøyaktig stedet vises. En vert har lest hver historie først. De kan ta den tilbake når som helst.',
  none: 'Ingen historie er åpen for alle ennå.',
  count: (n: number, shown: string) => (n === 1 ? '1 historie' : `${shown} historier`),
  unnamed: 'Et sted uten navn',
  readOn: 'Les videre',
  readLess: 'Vis mindre',
  notTaken: (words: string) => `Bildet som ikke ble tatt: ${words}`,
  photo: (name: string) => `Bilde: ${name}`,
  published: (day: string) => `Åpen for alle siden ${day}`,
  more: 'Vis flere historier',
  mapName: 'Kart over stedene som historiene handler om',
  own: 'Vil du fortelle om et sted du selv har?',
  ownLink: 'Del et sted',
};
