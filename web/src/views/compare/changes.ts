/** What changed between two releases: sentences, order, and a spreadsheet. Pure. */
import type { Difference, DifferenceProperties, HotspotClass } from '../../api/types';
import type { CompareMessages } from '../../i18n/compare/en';
import type { Formats } from '../../i18n/formats';
import { csvRows } from '../../lib/csv';
import { orderFrom, rowsInOrder, type Order as OrderBy } from '../../lib/order';
import { CLASSES } from '../picture/sorting';

/** The profile is not among them: half of it is today's directory. */
export const CHANGING = ['relative', 'quality', 'concentration'] as const;
export type Changing = (typeof CHANGING)[number];

const SURE_MORE: readonly HotspotClass[] = ['hot99', 'hot95'];
const SURE_FEWER: readonly HotspotClass[] = ['cold99', 'cold95'];
const NAMES_IN_A_SENTENCE = 3;

export function changeSentences(features: readonly Difference[], measure: Changing, words: CompareMessages, somewhere: string, { number, list }: Formats): string[] {
  const surest = (classes: readonly HotspotClass[]) =>
    features.map(({ properties }) => properties).filter((area) => classes.includes(area.class)).sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
  const where = (areas: readonly DifferenceProperties[]) => {
    const names = [...new Set(areas.flatMap(({ name }) => name ?? []))].slice(0, NAMES_IN_A_SENTENCE);
    return names.length > 0 ? list(names) : somewhere;
  };
  const [more, fewer] = [surest(SURE_MORE), surest(SURE_FEWER)];
  const unknown = features.filter(({ properties }) => properties.class === 'not_enough').length;
  const same = features.length - unknown - more.length - fewer.length;
  return [
    more.length > 0 ? words.more[measure](more.length, number(more.length), where(more)) : words.moreNone[measure],
    fewer.length > 0 ? words.fewer[measure](fewer.length, number(fewer.length), where(fewer)) : words.fewerNone[measure],
    words.unchanged(number(same), number(unknown), number(features.length)),
  ];
}

export const COLUMNS = ['name', 'value', 'interval', 'before', 'people', 'q', 'class'] as const;
export type Column = (typeof COLUMNS)[number];
export type Order = OrderBy<Column>;
export const orderOf = (text: string | null): Order => orderFrom(text, COLUMNS, 'class');

const keyOf = (area: DifferenceProperties, column: Column): number | string | null => {
  const enough = area.class !== 'not_enough';
  switch (column) {
    case 'name': return area.name;
    case 'value': return enough ? area.value : null;
    case 'interval': return enough ? area.low : null;
    case 'before': return enough ? area.people_before : null;
    case 'people': return enough ? area.people : null;
    case 'q': return area.q;
    case 'class': return CLASSES.indexOf(area.class);
  }
};

export const sortedChanges = (areas: readonly DifferenceProperties[], { column, down }: Order, language: string): DifferenceProperties[] =>
  rowsInOrder(areas, (area) => keyOf(area, column), down, language);

/** A spreadsheet's lines, with what the numbers must never be without in each. */
export function changesCsv(features: readonly Difference[], fixed: Readonly<Record<string, string>>): string {
  const enough = (area: DifferenceProperties, value: number | null) => (area.class === 'not_enough' ? null : value);
  const columns: [string, (area: DifferenceProperties) => unknown][] = [
    ['unit', (a) => a.unit], ['name', (a) => a.name],
    ['difference', (a) => enough(a, a.value)], ['low_90', (a) => enough(a, a.low)], ['high_90', (a) => enough(a, a.high)],
    ['people_before_noisy', (a) => enough(a, a.people_before)], ['people_noisy', (a) => enough(a, a.people)],
    ['q_benjamini_hochberg', (a) => a.q], ['class', (a) => a.class],
  ];
  const head = [...columns.map(([name]) => name), ...Object.keys(fixed)];
  const rows = features.map(({ properties }) => [...columns.map(([, read]) => read(properties)), ...Object.values(fixed)]);
  return csvRows([head, ...rows]);
}
