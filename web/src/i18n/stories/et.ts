/** Estonian, for public stories. */
import type { StoryWords } from './en';

export const et: StoryWords = {
  title: 'Lood',
  lead: 'Siin räägivad inimesed, mida üks koht neile tähendab. Nad on ise valinud, et kõik võivad seda lugeda ja kui täpselt kohta näidatakse. Kogukonna hoidja on iga loo enne läbi lugenud. Oma loo saab igal ajal tagasi võtta.',
  none: 'Ükski lugu ei ole veel avalik.',
  count: (n: number, shown: string) => (n === 1 ? '1 lugu' : `${shown} lugu`),
  unnamed: 'Nimeta koht',
  readOn: 'Loe edasi',
  readLess: 'Näita vähem',
  notTaken: (words: string) => `Foto, mida ei tehtud: ${words}`,
  photo: (name: string) => `Foto: ${name}`,
  published: (day: string) => `Avalik alates ${day}`,
  more: 'Näita rohkem lugusid',
  mapName: 'Kaart kohtadega, millest lood räägivad',
  own: 'Kas tahad rääkida mõnest oma kohast?',
  ownLink: 'Jaga kohta',
};
