/** What a picture can show, and how each measure is written and coloured. Pure. */
import type { Hotspot, HotspotProperties, Release, Units } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import { csvRows } from '../../lib/csv';
import type { DrawnClass } from '../../lib/drawing/looks';

/**
 * What a planner should look at first comes first: how many took part for the residents there are, and how they feel. Where most
 * people mapped is mostly where the town's middle is (specification §1.2).
 */
export const MEASURES = ['relative', 'quality', 'concentration', 'profile', 'opportunity'] as const;
export type Measure = (typeof MEASURES)[number];
/** The six kinds of support in reach, and their mean. */
export const REACH = ['mean', 'emotional', 'instrumental', 'informational', 'appraisal', 'free', 'rhythm'] as const;
export type Reach = (typeof REACH)[number];

/** What the server calls it: the support in reach is part of the profile. */
export const askedAs = (measure: Measure): string => (measure === 'opportunity' ? 'profile' : measure);

/** What a release can be read by, the more familiar first; only concentration goes below neighbourhoods. */
export function unitsOf(release: Release | undefined, measure: Measure): Units[] {
  const held: Units[] = [];
  if (release && release.neighbourhoods > 0) held.push('neighbourhoods');
  if (measure === 'concentration' && (!release || release.cells > 0)) held.push('cells');
  return held;
}

/** The measure that an address asks for: the named one, that of the units it names, or the first that there is. */
export const measureOf = <M extends Measure>(offered: readonly M[], query: URLSearchParams, usual: M): M =>
  offered.find((name) => name === query.get('measure')) ?? (query.get('units') === 'cells' ? offered.find((name) => name === 'concentration') : undefined) ?? offered[0] ?? usual;

/** Measures that a release has units for. */
export const measuresOf = (release: Release | undefined): Measure[] => MEASURES.filter((measure) => unitsOf(release, measure).length > 0);

/** The number that is filled in on the map; null where none may be shown. */
export function valueOf(area: HotspotProperties, measure: Measure, reach: Reach): number | null {
  if (measure === 'opportunity') return area.opportunity?.[reach] ?? null;
  return area.class === 'not_enough' ? null : (area.value ?? null);
}

/**
 * The class that an area is drawn and read out by. The support in reach comes from the public directory, so the class
 * of people's experience, which the same answer carries, says nothing about it: either it is known or it is not.
 */
export function drawnClass(area: HotspotProperties, measure: Measure, reach: Reach = 'mean'): DrawnClass {
  if (measure !== 'opportunity') return area.class;
  return valueOf(area, measure, reach) === null ? 'not_enough' : 'none';
}

/** Class and step together: what the map, the drawing and the table draw an area by. */
export function areaLook(area: HotspotProperties, measure: Measure, reach: Reach, steps: Steps | null): { class: DrawnClass; step: number | null } {
  const value = steps && valueOf(area, measure, reach);
  return { class: drawnClass(area, measure, reach), step: steps && value !== null ? stepOf(value, steps) : null };
}

/** A value as people read it. */
export function written(value: number, measure: Measure, { number, percent, signed, decimal }: Formats): string {
  switch (measure) {
    case 'relative': return decimal(value);
    case 'quality': return signed(value);
    case 'opportunity': return percent(value);
    default: return number(value);
  }
}

/** The ends of measures that have natural ones. */
const ENDS: Partial<Record<Measure, readonly [from: number, to: number]>> = { quality: [-1, 1], profile: [0, 100], opportunity: [0, 1] };

/** Five steps of a value, the same on the map, in the legend and in the table; fixed where the measure has natural ends. */
export interface Steps {
  from: number;
  to: number;
}
export const STEP_COUNT = 5;
/** Of the picture: where participants mapped most is drawn by its classes, and has none. */
export const stepsOf = (features: readonly Hotspot[], measure: Measure, reach: Reach): Steps | null =>
  measure === 'concentration' ? null : numberSteps([features], measure, reach);

/** One scale for all of these pictures: the same shade is the same number in each. */
export function numberSteps(pictures: readonly (readonly Hotspot[])[], measure: Measure, reach: Reach = 'mean'): Steps | null {
  // Fixed ends where the measure has them: stretching a small spread over all shades would draw differences that are not there.
  const ends = ENDS[measure];
  if (ends) return { from: ends[0], to: ends[1] };
  const values = pictures.flat().flatMap(({ properties }) => valueOf(properties, measure, reach) ?? []);
  if (values.length === 0) return null;
  // The noise makes some numbers of people negative; nobody is fewer than none.
  return { from: Math.max(0, Math.min(...values)), to: Math.max(0, ...values) };
}
export const stepOf = (value: number, { from, to }: Steps): number =>
  to > from ? Math.max(0, Math.min(STEP_COUNT - 1, Math.floor((STEP_COUNT * (value - from)) / (to - from)))) : 0;
export const bandsOf = ({ from, to }: Steps): [number, number][] =>
  to > from ? Array.from({ length: STEP_COUNT }, (_, i) => [from + ((to - from) * i) / STEP_COUNT, from + ((to - from) * (i + 1)) / STEP_COUNT]) : [[from, to]];

const ENDS_OF_INTERVAL = ['value', 'low', 'high'] as const;

/** A spreadsheet's lines: what is shown, with what it must never be without. */
export function csvOf(features: readonly Hotspot[], fixed: Readonly<Record<string, string>>): string {
  const columns: [string, (area: HotspotProperties) => unknown][] = [
    ['unit', (a) => a.unit], ['name', (a) => a.name],
    ['value', (a) => (a.class === 'not_enough' ? null : a.value)], ['low_90', (a) => (a.class === 'not_enough' ? null : a.low)], ['high_90', (a) => (a.class === 'not_enough' ? null : a.high)],
    ['people_noisy', (a) => (a.class === 'not_enough' ? null : a.people)], ['q_benjamini_hochberg', (a) => a.q], ['class', (a) => a.class],
    ...(features.some(({ properties }) => properties.opportunity)
      ? [
          // Releases of few participants have the feelings alone.
          ...(['score', 'valence', 'mix', 'diversity'] as const).filter((part) => part === 'valence' || features.some(({ properties }) => properties.experience?.[part])).flatMap((part) =>
            ENDS_OF_INTERVAL.map((end): [string, (a: HotspotProperties) => unknown] => [`experience_${part}_${end}`, (a) => a.experience?.[part]?.[end]])),
          ...REACH.map((name): [string, (a: HotspotProperties) => unknown] => [`reach_${name}`, (a) => a.opportunity?.[name]]),
          ...ENDS_OF_INTERVAL.map((end): [string, (a: HotspotProperties) => unknown] => [`index_${end}`, (a) => a.index?.[end]]),
        ]
      : []),
  ];
  const head = [...columns.map(([name]) => name), ...Object.keys(fixed)];
  const rows = features.map(({ properties }) => [...columns.map(([, read]) => read(properties)), ...Object.values(fixed)]);
  return csvRows([head, ...rows]);
}
