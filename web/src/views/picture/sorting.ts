/** The order of the table. Pure; areas without a number always come last. */
import type { HotspotClass, HotspotProperties } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';

export const COLUMNS = ['name', 'value', 'interval', 'people', 'q', 'class', 'experience', 'reach', 'index', 'emotional', 'instrumental', 'informational', 'appraisal', 'free', 'rhythm'] as const;
export type Column = (typeof COLUMNS)[number];
export interface Order {
  column: Column;
  down: boolean;
}

/** What the address says of the order, such as `value` or `-value`; by class where it says nothing that is known. */
export function orderOf(text: string | null): Order {
  const column = COLUMNS.find((known) => known === text?.replace(/^-/, ''));
  return column ? { column, down: text?.startsWith('-') ?? false } : { column: 'class', down: false };
}
export const orderText = ({ column, down }: Order): string => (down ? `-${column}` : column);

/** From many more than expected to many fewer. */
export const STANDINGS = ['above', 'not_distinguishable', 'below'] as const;
export const CLASSES: readonly HotspotClass[] = ['hot99', 'hot95', 'hot90', 'none', 'cold90', 'cold95', 'cold99', 'not_enough'];

const keyOf = (area: HotspotProperties, column: Column): number | string | null => {
  switch (column) {
    case 'name': return area.name ?? null;
    case 'class': return [...STANDINGS, ...CLASSES].indexOf(area.class);
    case 'q': return area.class === 'not_enough' ? null : (area.q ?? null);
    case 'interval': return area.class === 'not_enough' ? null : area.low;
    case 'experience': return area.experience?.valence?.value ?? null;
    case 'reach': return area.opportunity?.mean ?? null;
    case 'index': return area.index?.value ?? null;
    case 'emotional': case 'instrumental': case 'informational': case 'appraisal': case 'free': case 'rhythm': return area.opportunity?.[column] ?? null;
    default: return area.class === 'not_enough' ? null : area[column];
  }
};

export function sorted(areas: readonly HotspotProperties[], { column, down }: Order, language: string): HotspotProperties[] {
  const compare = alphabetOf(language);
  return [...areas].sort((a, b) => {
    const [one, other] = [keyOf(a, column), keyOf(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const by = typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other));
    // Ties keep one fixed order, so that pressing twice does not shuffle rows.
    return (down ? -by : by) || compare(a.name ?? '', b.name ?? '') || (a.unit < b.unit ? -1 : 1);
  });
}
