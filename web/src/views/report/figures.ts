/** What a report says of areas, as words and numbers in rows. Pure. */
import type { Hotspot, HotspotProperties } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';
import type { Formats } from '../../i18n/formats';
import type { ReportMessages } from '../../i18n/report/en';
import type { DrawnClass } from '../../lib/drawing/looks';
import { written, type Measure } from '../picture/measures';

/** The measures that have numbers of people behind them; the support in reach stands by itself. */
export const REPORTED = ['relative', 'quality', 'concentration', 'profile'] as const satisfies readonly Measure[];
export type Reported = (typeof REPORTED)[number];
export type Found = Partial<Record<Reported, readonly Hotspot[]>>;

/** As many neighbourhoods as stand on one page under a map. */
export const MAX_ROWS = 20;

export interface Figures {
  measure: Reported;
  /** Null where nothing may be said. */
  value: string | null;
  interval: string | null;
  people: string | null;
  q: string | null;
  class: DrawnClass;
}

export function figuresOf(area: HotspotProperties | undefined, measure: Reported, formats: Formats, between: (low: string, high: string) => string): Figures {
  const enough = area !== undefined && area.class !== 'not_enough';
  const show = (value: number) => written(value, measure, formats);
  return {
    measure,
    value: enough && area.value != null ? show(area.value) : null,
    interval: enough && area.low != null && area.high != null ? between(show(area.low), show(area.high)) : null,
    people: enough ? formats.number(area.people) : null,
    q: enough && area.q != null ? formats.chance(area.q) : null,
    class: area?.class ?? 'not_enough',
  };
}

const areaOf = (found: Found, measure: Reported, unit: string): HotspotProperties | undefined =>
  found[measure]?.find(({ properties }) => properties.unit === unit)?.properties;

export const figuresFor = (found: Found, unit: string, formats: Formats, between: (low: string, high: string) => string): Figures[] =>
  REPORTED.filter((measure) => found[measure]).map((measure) => figuresOf(areaOf(found, measure, unit), measure, formats, between));

/** A class in a word or two, for a narrow column; its mark stands beside it. */
export function shortClass(name: DrawnClass, { standing }: ReportMessages['report']): string {
  switch (name) {
    case 'hot99': case 'hot95': return standing.hot;
    case 'cold99': case 'cold95': return standing.cold;
    case 'hot90': case 'cold90': return standing.perhaps;
    default: return standing[name];
  }
}

const QUIET: readonly DrawnClass[] = ['none', 'not_distinguishable', 'not_enough'];

/** The neighbourhoods that fit, by name: an order by number would read as a ranking. Where some must go, those that differ stay. */
export function rowsThatFit(areas: readonly { id: string; name: string }[], found: Found, language: string, most = MAX_ROWS): { id: string; name: string }[] {
  const compare = alphabetOf(language);
  const named = [...areas].sort((a, b) => compare(a.name, b.name));
  if (named.length <= most) return named;
  const differs = ({ id }: { id: string }) => REPORTED.some((measure) => !QUIET.includes(areaOf(found, measure, id)?.class ?? 'not_enough'));
  const kept = new Set([...named.filter(differs), ...named.filter((area) => !differs(area))].slice(0, most));
  return named.filter((area) => kept.has(area));
}
