/** One row a neighbourhood, whether or not something would change. Pure. */
import type { Access, WhatIf } from '../../api/types';
import { alphabetOf } from '../../i18n/alphabet';
import { stepOf, type Steps } from '../picture/measures';

export interface AccessRow {
  id: string;
  name: string;
  residents: number | null;
  /** Shares of residents within the walk, 0 to 1. */
  share: number;
  before: number | null;
  /** Minutes to the nearest for the resident in the middle. */
  nearest: number | null;
  supports: number;
  /** Places in a week per 1,000 residents; null where places or residents are unknown. */
  relative: number | null;
  losing: number | null;
  gaining: number | null;
}

export function rowsOf(access: Access, whatIf: WhatIf | null): AccessRow[] {
  if (whatIf) {
    return whatIf.neighbourhoods.map(({ id, name, residents, before, after, residents_losing, residents_gaining }) => ({
      id, name, residents: residents ?? null, share: after.share_within, before: before.share_within,
      nearest: after.nearest_minutes ?? null, supports: after.supports_within, relative: null,
      losing: residents_losing ?? null, gaining: residents_gaining ?? null,
    }));
  }
  return access.neighbourhoods.map(({ id, name, residents, share_within, nearest_minutes, supports_within, relative_access }) => ({
    id, name, residents: residents ?? null, share: share_within, before: null,
    nearest: nearest_minutes ?? null, supports: supports_within, relative: relative_access ?? null, losing: null, gaining: null,
  }));
}

export type Column = 'name' | 'share' | 'nearest' | 'supports' | 'relative' | 'losing' | 'gaining';

/** Least reach first is what a planner looks for; what is unknown always comes last. */
export function sorted(rows: readonly AccessRow[], column: Column, down: boolean, language: string): AccessRow[] {
  const compare = alphabetOf(language);
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column], b[column]];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const by = typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other));
    return (down ? -by : by) || compare(a.name, b.name);
  });
}

/** The ends of reach, the same on the map, in the legend and in the table. */
export const SHARES: Steps = { from: 0, to: 1 };
/** The step of each neighbourhood; before the plan where that is asked. */
export const stepsOf = (rows: readonly AccessRow[], before = false): Map<string, number> =>
  new Map(rows.map((row) => [row.id, stepOf(before ? row.before ?? row.share : row.share, SHARES)]));
