/** By what the table is sorted. Pure. */
import type { HotspotClass, HotspotProperties } from '../../api/types';
import { orderFrom, rowsInOrder, type Order as OrderBy } from '../../lib/order';
import { experienceOf } from './kinds';

export const COLUMNS = ['name', 'value', 'interval', 'people', 'q', 'class', 'experience', 'reach', 'index', 'emotional', 'instrumental', 'informational', 'appraisal', 'free', 'rhythm'] as const;
export type Column = (typeof COLUMNS)[number];
export type Order = OrderBy<Column>;

/** By class where the address says nothing that is known. */
export const orderOf = (text: string | null): Order => orderFrom(text, COLUMNS, 'class');

/** From many more than expected to many fewer. */
export const STANDINGS = ['above', 'not_distinguishable', 'below'] as const;
export const CLASSES: readonly HotspotClass[] = ['hot99', 'hot95', 'hot90', 'none', 'cold90', 'cold95', 'cold99', 'not_enough'];

const keyOf = (area: HotspotProperties, column: Column): number | string | null => {
  switch (column) {
    case 'name': return area.name ?? null;
    case 'class': return [...STANDINGS, ...CLASSES].indexOf(area.class);
    case 'q': return area.class === 'not_enough' ? null : (area.q ?? null);
    case 'interval': return area.class === 'not_enough' ? null : area.low;
    case 'experience': return experienceOf(area)?.value ?? null;
    case 'reach': return area.opportunity?.mean ?? null;
    case 'index': return area.index?.value ?? null;
    case 'emotional': case 'instrumental': case 'informational': case 'appraisal': case 'free': case 'rhythm': return area.opportunity?.[column] ?? null;
    default: return area.class === 'not_enough' ? null : area[column];
  }
};

export const sorted = (areas: readonly HotspotProperties[], { column, down }: Order, language: string): HotspotProperties[] =>
  rowsInOrder(areas, (area) => keyOf(area, column), down, language);
