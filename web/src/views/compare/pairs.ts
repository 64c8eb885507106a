/** Two measures of one release, neighbourhood by neighbourhood. Pure. */
import type { Hotspot, HotspotProperties } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';
import { valueOf, type Measure } from '../picture/measures';

/** The measures that can stand side by side: each is one number a neighbourhood. */
export const PAIRABLE = ['concentration', 'relative', 'quality', 'opportunity'] as const satisfies readonly Measure[];
export type Pairable = (typeof PAIRABLE)[number];

export interface Spread {
  value: number;
  /** The ends of the 90 % interval; the value itself where a measure has none. */
  low: number;
  high: number;
}
export interface Pair {
  unit: string;
  name: string;
  one: Spread | null;
  other: Spread | null;
}

function spreadOf(area: HotspotProperties | undefined, measure: Pairable): Spread | null {
  if (!area) return null;
  const value = valueOf(area, measure, 'mean');
  if (value === null) return null;
  // The support in reach is counted, not estimated.
  return measure === 'opportunity' ? { value, low: value, high: value } : { value, low: area.low ?? value, high: area.high ?? value };
}

/** Joined on the neighbourhood; one that has only one of the two stays, with a gap. */
export function pairsOf(one: readonly Hotspot[], other: readonly Hotspot[], measures: readonly [Pairable, Pairable], language: string): Pair[] {
  const compare = alphabetOf(language);
  const found = new Map(one.map(({ properties }) => [properties.unit, properties]));
  const others = new Map(other.map(({ properties }) => [properties.unit, properties]));
  return [...new Set([...found.keys(), ...others.keys()])]
    .map((unit) => ({
      unit,
      name: found.get(unit)?.name ?? others.get(unit)?.name ?? '',
      one: spreadOf(found.get(unit), measures[0]),
      other: spreadOf(others.get(unit), measures[1]),
    }))
    .sort((a, b) => compare(a.name, b.name) || (a.unit < b.unit ? -1 : 1));
}

export const highest = (pairs: readonly Pair[], of: 'one' | 'other'): Pair | null =>
  pairs.reduce<Pair | null>((most, pair) => (pair[of] && pair[of].value > (most?.[of]?.value ?? -Infinity) ? pair : most), null);

/** The ends of an axis that holds every interval, with a little room. */
export function axisOf(spreads: readonly Spread[]): { from: number; to: number } {
  const from = Math.min(...spreads.map(({ low }) => low));
  const to = Math.max(...spreads.map(({ high }) => high));
  const room = (to - from || Math.abs(to) || 1) * 0.05;
  return { from: from - room, to: to + room };
}
