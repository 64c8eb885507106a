/** A closed group's numbers: shades, order. Pure. */
import type { Hotspot, SnapshotArea } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';

export const COLUMNS = ['name', 'value', 'interval'] as const;
export type Column = (typeof COLUMNS)[number];
export interface Order {
  column: Column;
  down: boolean;
}

/** What the drawing knows: an area with a number, or one that is not shown. */
export function drawnAreas(areas: readonly SnapshotArea[]): Hotspot[] {
  return areas.map(({ geometry, properties: { unit, name, value, low, high } }) => ({
    type: 'Feature', geometry,
    properties: { unit, name, value, low, high, people: value ?? 0, z: null, q: null, class: value === null ? 'not_enough' : 'none' },
  }));
}

/** Areas that are not shown come last, whichever way. */
export function sortedAreas(areas: readonly SnapshotArea[], { column, down }: Order, language: string): SnapshotArea['properties'][] {
  const compare = alphabetOf(language);
  const key = (area: SnapshotArea['properties']) => (column === 'interval' ? area.low : area.value);
  return areas.map(({ properties }) => properties).sort((a, b) => {
    const names = compare(a.name ?? '', b.name ?? '') || (a.unit < b.unit ? -1 : 1);
    if (column === 'name') return down ? -names : names;
    const [one, other] = [key(a), key(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || names;
    return (down ? other - one : one - other) || names;
  });
}
