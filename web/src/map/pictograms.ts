/** Small line drawings for the forms of support, on a 24 by 24 grid; one source for the list and the map. */
const DRAWINGS = {
  book: 'M12 7C10 5 7 4.5 4 5v13c3-.5 6 0 8 2 2-2 5-2.500 8-2V5c-3-.5-6 0-8 2Zm0 0v13',
  cup: 'M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4ZM16 10.500h1.500a2.500 2.500 0 0 1 0 5H16M9 3v2.500M12.500 3v2.500',
  tree: 'M12 21v-7M12 14l3-3M12 3c3.500 0 5.500 2.500 5 5 2 .8 2.500 2.500 2 4-.6 1.800-2.300 2.500-4 2H9c-1.700.5-3.400-.2-4-2-.5-1.500 0-3.200 2-4-.5-2.500 1.500-5 5-5Z',
  people: 'M9 10.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.500 19c0-3.500 2.300-5.500 5.500-5.500s5.500 2 5.500 5.500M16 10.500a2.500 2.500 0 1 0-.8-4.900M17 13.600c2.200.5 3.500 2.300 3.500 5.400',
  heart: 'M12 20S4 15 4 9.500A4.300 4.300 0 0 1 12 7.200 4.300 4.300 0 0 1 20 9.500C20 15 12 20 12 20Z',
  plus: 'M9.500 4h5v5.500H20v5h-5.500V20h-5v-5.500H4v-5h5.500Z',
  hands: 'M3 13l4-3 4 1.500h3a1.700 1.700 0 0 1 0 3.400h-3.500M3 19l3-1 5 2 8.500-5.500a1.600 1.600 0 0 0-2-2.500L14 14.500M13 8.500S9.500 6.500 9.500 4.600A1.900 1.900 0 0 1 13 3.500a1.900 1.900 0 0 1 3.500 1.100C16.500 6.500 13 8.500 13 8.500Z',
  palette: 'M12 4a8 8 0 1 0 0 16c1.500 0 2-1 1.500-2.200-.6-1.500.3-2.800 2-2.800H18a2 2 0 0 0 2-2C20 7.500 16.500 4 12 4ZM8 11h.01M11 7.800h.01M15.500 8.800h.01',
  columns: 'M4 9l8-5 8 5ZM4 20h16M6.500 9.500V17M12 9.500V17M17.500 9.500V17',
  ball: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM4.500 9.500c5 1 10 1 15 0M4.500 14.500c5-1 10-1 15 0M12 4v16',
  spire: 'M12 3v5M10 5h4M6 20v-8l6-4 6 4v8ZM10.500 20v-4h3v4',
  school: 'M3 10l9-5 9 5-9 5ZM7 12.500V17c3 2 7 2 10 0v-4.500M21 10v5',
  basket: 'M4 10h16l-1.800 9H5.800ZM8 10l3-6M16 10l-3-6',
  door: 'M6 20V4h12v16M4 20h16M14.500 12.500h.01',
} as const;

export type Pictogram = keyof typeof DRAWINGS;

const WORDS: ReadonlyArray<readonly [Pictogram, RegExp]> = [
  ['book', /librar|book/],
  ['cup', /cafe|café|restaurant|food|soup/],
  ['school', /kindergarten/],
  ['tree', /park|garden|allotment|nature|forest|playground|dog|beach/],
  ['plus', /pharmac|doctor|clinic|hospital|health|dentist/],
  ['hands', /social_facility|social|advice|shelter|crisis|outreach/],
  ['people', /communit|meeting|peer|group|club|centre_for|youth|senior|townhall/],
  ['school', /school|universit|college|educat|learning|courses|training/],
  ['palette', /^arts?|theatre|cinema|studio|craft|workshop/],
  ['columns', /museum|gallery|heritage|monument/],
  ['ball', /sport|fitness|swim|pitch|gym|dance/],
  ['spire', /worship|church|faith|religio/],
  ['basket', /shop|market|charity|second_hand/],
  ['heart', /counsel|therap|support/],
];

/** Categories differ between communities, so the drawing is found by words in the id, not by a fixed list. */
export function pictogramFor(category: string): Pictogram {
  return WORDS.find(([, words]) => words.test(category))?.[0] ?? 'door';
}

export const PICTOGRAMS = Object.keys(DRAWINGS) as Pictogram[];
export const drawingOf = (name: Pictogram): string => DRAWINGS[name];
