/** Counts over the places that a researcher was given. They are made here, on the researcher's device, and go nowhere. Pure. */
import type { LonLat, Neighbourhood, Place } from '../../api/types';
import { holds, middleOf } from '../../lib/geometry';

export interface Count {
  id: string;
  n: number;
}

/** Of each value how many places have it, the most frequent first; ties by name. */
export function counted(places: readonly Place[], valuesOf: (place: Place) => readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const place of places) for (const value of new Set(valuesOf(place))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([id, n]) => ({ id, n })).sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
}

export const feelingsOf = ({ properties }: Place): string[] => (properties.feelings ?? []).map(({ feeling }) => feeling);
export const chimeOf = ({ properties }: Place): readonly string[] => properties.chime ?? [];
export const barriersOf = ({ properties }: Place): readonly string[] => properties.barriers ?? [];
export const kindOf = ({ properties: { being, doing } }: Place): string[] => [being && doing ? 'both' : being ? 'being' : 'doing'];

export interface AreaRow {
  /** Null for places outside of every neighbourhood. */
  id: string | null;
  name: string | null;
  n: number;
  counts: Map<string, number>;
}

/** Places by neighbourhood: a walk or an area counts where its middle is. Neighbourhoods without a place are left out. */
export function byNeighbourhood(
  places: readonly Place[], neighbourhoods: readonly Neighbourhood[], valuesOf: (place: Place) => readonly string[],
): AreaRow[] {
  const rows = new Map<string | null, { name: string | null; places: Place[] }>();
  for (const place of places) {
    const middle: LonLat = middleOf(place.geometry);
    const area = neighbourhoods.find(({ geometry }) => holds(geometry, middle));
    const row = rows.get(area?.id ?? null) ?? { name: area?.properties.name ?? null, places: [] };
    row.places.push(place);
    rows.set(area?.id ?? null, row);
  }
  return [...rows].map(([id, row]) => ({
    id, name: row.name, n: row.places.length,
    counts: new Map(counted(row.places, valuesOf).map((count) => [count.id, count.n])),
  })).sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? ''));
}
