/** Two measures of one release, neighbourhood by neighbourhood. Pure. */
import type { Hotspot, HotspotProperties } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import { valueOf, type Measure } from '../picture/measures';
import { pictureSentences, reachSentences } from '../picture/sentences';

/** The measures that can stand side by side: each is one number a neighbourhood. */
export const PAIRABLE = ['relative', 'quality', 'concentration', 'opportunity'] as const satisfies readonly Measure[];
export type Pairable = (typeof PAIRABLE)[number];

/** The 90 % interval; the value itself where a measure has none. */
export interface Ends {
  low: number;
  high: number;
}
/** A number with its company. */
export interface Spread extends Ends {
  value: number;
  q: number | null;
  class: HotspotProperties['class'];
}
export interface Pair {
  unit: string;
  name: string;
  /** Of the release's neighbourhoods, whatever is measured in them; null where it may not be shown. */
  people: number | null;
  one: Spread | null;
  other: Spread | null;
}

function spreadOf(area: HotspotProperties | undefined, measure: Pairable): Spread | null {
  if (!area) return null;
  const value = valueOf(area, measure, 'mean');
  if (value === null) return null;
  // The support in reach is counted, not estimated: nothing about it is a finding.
  if (measure === 'opportunity') return { value, low: value, high: value, q: null, class: 'none' };
  return { value, low: area.low ?? value, high: area.high ?? value, q: area.q ?? null, class: area.class };
}

/** Joined on the neighbourhood; one that has only one of the two stays, with a gap. */
export function pairsOf(one: readonly Hotspot[], other: readonly Hotspot[], measures: readonly [Pairable, Pairable], language: string): Pair[] {
  const compare = alphabetOf(language);
  const found = new Map(one.map(({ properties }) => [properties.unit, properties]));
  const others = new Map(other.map(({ properties }) => [properties.unit, properties]));
  return [...new Set([...found.keys(), ...others.keys()])]
    .map((unit) => {
      const both = [found.get(unit), others.get(unit)] as const;
      return {
        unit,
        name: both[0]?.name ?? both[1]?.name ?? '',
        people: both.find((area, at) => measures[at] !== 'opportunity' && area && area.class !== 'not_enough')?.people ?? null,
        one: spreadOf(both[0], measures[0]),
        other: spreadOf(both[1], measures[1]),
      };
    })
    .sort((a, b) => compare(a.name, b.name) || (a.unit < b.unit ? -1 : 1));
}

/** What is clear of a measure after the correction. The highest number of all is not among it: some number is always the highest. */
export function measureSentence(features: readonly Hotspot[], measure: Pairable, { picture, plan }: { picture: Messages['picture']; plan: PlannerMessages }, formats: Formats): string[] {
  if (measure !== 'opportunity') return pictureSentences(features, picture, formats, measure, plan).slice(0, 1);
  return reachSentences(features, 'mean', plan, formats).slice(2).map((middle) => `${plan.measures.opportunity}: ${middle}`);
}

/** The ends of an axis that holds every interval, with a little room. */
export function axisOf(spreads: readonly Ends[]): { from: number; to: number } {
  const from = Math.min(...spreads.map(({ low }) => low));
  const to = Math.max(...spreads.map(({ high }) => high));
  const room = (to - from || Math.abs(to) || 1) * 0.05;
  return { from: from - room, to: to + room };
}
