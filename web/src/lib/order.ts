/** The order of a table's rows, in the address and in the table. Pure. */
import { alphabetOf } from '../i18n/alphabet';

export interface Order<Column extends string> {
  column: Column;
  down: boolean;
}

/** What an address says of the order: a column's name, with a minus for downwards; the usual column where it says nothing that is known. */
export function orderFrom<Column extends string>(text: string | null, columns: readonly Column[], usual: Column): Order<Column> {
  const column = columns.find((known) => known === text?.replace(/^-/, ''));
  return column ? { column, down: text?.startsWith('-') ?? false } : { column: usual, down: false };
}
export const orderText = ({ column, down }: Order<string>): string => (down ? `-${column}` : column);

/** Rows without a key come last, whichever way; ties keep one fixed order, so that pressing twice does not shuffle rows. */
export function rowsInOrder<Row extends { unit: string; name?: string | null }>(rows: readonly Row[], keyOf: (row: Row) => number | string | null, down: boolean, language: string): Row[] {
  const compare = alphabetOf(language);
  return [...rows].sort((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const by = typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other));
    return (down ? -by : by) || compare(a.name ?? '', b.name ?? '') || (a.unit < b.unit ? -1 : 1);
  });
}
