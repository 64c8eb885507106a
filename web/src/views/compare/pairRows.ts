/** The table of two measures: its columns, its order, and its spreadsheet. Pure. */
import { csvRows } from '../../lib/csv';
import { orderFrom, rowsInOrder, type Order } from '../../lib/order';
import { CLASSES } from '../picture/sorting';
import type { Pair, Pairable } from './pairs';

const SIDES = ['one', 'other'] as const;
export type Side = (typeof SIDES)[number];
const PARTS = ['value', 'interval', 'q', 'class'] as const;
export type Part = (typeof PARTS)[number];
type PairColumn = 'name' | 'people' | `${Side}-${Part}`;

/** The support in reach is counted from the directory: it has a number alone. */
export const partsOf = (measure: Pairable): readonly Part[] => (measure === 'opportunity' ? ['value'] : PARTS);
export const columnOf = (side: Side, part: Part): PairColumn => `${side}-${part}`;
const columnsOf = (measures: readonly [Pairable, Pairable]): PairColumn[] =>
  ['name', 'people', ...SIDES.flatMap((side, at) => partsOf(measures[at] as Pairable).map((part) => columnOf(side, part)))];

export const pairOrder = (text: string | null, measures: readonly [Pairable, Pairable]): Order<PairColumn> => orderFrom(text, columnsOf(measures), 'name');

function keyOf(pair: Pair, column: PairColumn): number | string | null {
  if (column === 'name' || column === 'people') return pair[column];
  const [side, part] = column.split('-') as [Side, Part];
  const spread = pair[side];
  if (!spread) return null;
  switch (part) {
    case 'interval': return spread.low;
    case 'class': return CLASSES.findIndex((name) => name === spread.class);
    default: return spread[part];
  }
}

export const sortedPairs = (pairs: readonly Pair[], { column, down }: Order<PairColumn>, language: string): Pair[] =>
  rowsInOrder(pairs, (pair) => keyOf(pair, column), down, language);

/** A spreadsheet's lines: each number with what it must never be without. */
export function pairsCsv(pairs: readonly Pair[], measures: readonly [Pairable, Pairable], fixed: Readonly<Record<string, string>>): string {
  const columns: [string, (pair: Pair) => unknown][] = [
    ['unit', ({ unit }) => unit], ['name', ({ name }) => name], ['people_noisy', ({ people }) => people],
    ...SIDES.flatMap((side, at): [string, (pair: Pair) => unknown][] => {
      const measure = measures[at] as Pairable;
      if (measure === 'opportunity') return [[measure, (pair) => pair[side]?.value]];
      return [
        [measure, (pair) => pair[side]?.value], [`${measure}_low_90`, (pair) => pair[side]?.low], [`${measure}_high_90`, (pair) => pair[side]?.high],
        [`${measure}_q_benjamini_hochberg`, (pair) => pair[side]?.q], [`${measure}_class`, (pair) => pair[side]?.class ?? 'not_enough'],
      ];
    }),
  ];
  const head = [...columns.map(([name]) => name), ...Object.keys(fixed)];
  return csvRows([head, ...pairs.map((pair) => [...columns.map(([, read]) => read(pair)), ...Object.values(fixed)])]);
}
