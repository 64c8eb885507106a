/** What the page says that compares pictures; loaded with it. */
import { pluralIn } from '../plural';

const plural = pluralIn('en');

export const en = {
  title: (community: string) => `Two pictures of ${community}, side by side`,
  controls: 'Choose what to compare',
  what: 'Compare',
  kinds: { releases: 'Two dates', measures: 'Two measures' },
  earlier: 'Earlier',
  later: 'Later',
  other: 'With',
  one: 'There is one picture only. As soon as there is a second one, you can see here what changed.',
  none: 'There is no picture yet, so there is nothing to compare.',
  fewUnits: 'This picture has no neighbourhoods, so there are no two measures to compare.',
  back: 'See the picture',
  profileNot: 'The inclusion profile and the support in reach are not here: they use the directory as it is today, so they cannot tell about an earlier date.',
  more: {
    concentration: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} area, clearly more people mapped a place than before: ${where}.`,
      other: `In ${shown} areas, clearly more people mapped a place than before, most of all in ${where}.`,
    }),
    relative: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} neighbourhood, clearly more people for each 1,000 residents took part than before: ${where}.`,
      other: `In ${shown} neighbourhoods, clearly more people for each 1,000 residents took part than before, most of all in ${where}.`,
    }),
    quality: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} neighbourhood, people felt clearly better at their places than before: ${where}.`,
      other: `In ${shown} neighbourhoods, people felt clearly better at their places than before, most of all in ${where}.`,
    }),
  },
  moreNone: {
    concentration: 'In no area did clearly more people map a place than before.',
    relative: 'In no neighbourhood did clearly more people for each 1,000 residents take part than before.',
    quality: 'In no neighbourhood did people feel clearly better at their places than before.',
  },
  fewer: {
    concentration: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} area, clearly fewer people mapped a place than before: ${where}.`,
      other: `In ${shown} areas, clearly fewer people mapped a place than before, most of all in ${where}.`,
    }),
    relative: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} neighbourhood, clearly fewer people for each 1,000 residents took part than before: ${where}.`,
      other: `In ${shown} neighbourhoods, clearly fewer people for each 1,000 residents took part than before, most of all in ${where}.`,
    }),
    quality: (n: number, shown: string, where: string) => plural(n, {
      one: `In ${shown} neighbourhood, people felt clearly less well at their places than before: ${where}.`,
      other: `In ${shown} neighbourhoods, people felt clearly less well at their places than before, most of all in ${where}.`,
    }),
  },
  fewerNone: {
    concentration: 'In no area did clearly fewer people map a place than before.',
    relative: 'In no neighbourhood did clearly fewer people for each 1,000 residents take part than before.',
    quality: 'In no neighbourhood did people feel clearly less well at their places than before.',
  },
  unchanged: (same: string, unknown: string, all: string) => `Of ${all} areas, ${same} show no difference that is clearer than the noise. Of ${unknown} we do not know enough.`,
  sideBySide: 'Side by side',
  sameScale: 'Both are drawn with the same steps.',
  scale: { concentration: 'People, about', relative: 'For each 1,000 residents', quality: 'Mean of the feelings' },
  onDate: (date: string) => `Published ${date}`,
  difference: 'What changed',
  differenceOf: (measure: string, from: string, to: string) => `${measure}: the difference from ${from} to ${to}`,
  className: {
    hot99: 'Many more than before, very sure', hot95: 'More than before, sure', hot90: 'Perhaps more than before', none: 'No clear difference',
    cold90: 'Perhaps fewer than before', cold95: 'Fewer than before, sure', cold99: 'Many fewer than before, very sure', not_enough: 'Not enough information',
  },
  qualityClass: {
    hot99: 'Much better than before, very sure', hot95: 'Better than before, sure', hot90: 'Perhaps better than before', none: 'No clear difference',
    cold90: 'Perhaps less well than before', cold95: 'Less well than before, sure', cold99: 'Much less well than before, very sure', not_enough: 'Not enough information',
  },
  legendOutline: 'Thick outline: the difference stands also after we correct for looking at many areas. Stripes: we are not sure.',
  tested: (n: string) => `${n} areas were tested together.`,
  maps: 'Show as maps that move together',
  hideMaps: 'Hide the maps',
  mapOf: (what: string) => `Map: ${what}`,
  tableTitle: 'The same in numbers',
  tableCaption: (n: string) => `${n} areas. Press a column name to sort by it.`,
  column: { name: 'Area', value: 'Difference', interval: 'Likely between', before: 'People before, about', people: 'People now, about', q: 'Chance measure (q)', class: 'What it means' },
  howTitle: 'How to read this',
  how: [
    'Both pictures carry noise that protects people, and the difference carries the noise of both. “Likely between” has all of it: nine times out of ten the difference lies in this range.',
    'Rates and feelings are compared as they were counted, not pulled towards the middle. Somebody who named no feelings counts as 0. The ranges are rather too wide than too narrow, because many people are in both pictures.',
    'Somebody with places in very many areas is counted in some of them, and those are drawn anew for each picture. That moves numbers a little.',
    'The number of residents is that of today for both dates.',
  ],
  cannotTitle: 'What this cannot say',
  cannot: [
    'It does not say why something changed. People join, people leave, and places open and close, all at the same time.',
    'More people on the map may mean that more people know of the map.',
    'Orange is not good and purple is not bad.',
    'Grey says that we do not know. It does not say that nothing changed.',
  ],
  take: 'Take this comparison home',
  takeTable: 'This table (CSV)',
  takeShapes: 'This table with shapes (GeoJSON)',
  together: 'Both in one drawing',
  scatter: (one: string, other: string, n: string) => `${n} neighbourhoods: ${one}, from left to right, and ${other}, from below to above, each with its likely range. The table below has the same numbers.`,
  pairs: (n: string, all: string) => `Of ${all} neighbourhoods, ${n} have both numbers.`,
  pairNot: 'Two numbers that stand side by side do not explain each other.',
};

export type CompareMessages = typeof en;
