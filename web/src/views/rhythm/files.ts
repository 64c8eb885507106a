/** The weeks as files. Pure. */
import type { Neighbourhoods, Rhythm } from '../../api/types';
import { csvRows } from '../../lib/csv';
import type { About, Described } from '../access/files';
import { clockOf, DAY_NAMES } from './hours';

type Week = Pick<Rhythm, 'open' | 'unknown' | 'supports'> & { id: string; name: string };
const weeksOf = (rhythm: Rhythm, whole: string): Week[] => [{ ...rhythm, id: '', name: whole }, ...(rhythm.neighbourhoods ?? [])];

/** A line for each hour of each week; the whole community comes first and has no identifier. */
export function rhythmCsv(rhythm: Rhythm, whole: string, about: About): string {
  const head = ['neighbourhood', 'name', 'day', 'hour', 'open', 'unknown', 'supports', ...Object.keys(about)];
  return csvRows([head, ...weeksOf(rhythm, whole).flatMap(({ id, name, open, unknown, supports }) =>
    open.map((count, hour) => [id, name, DAY_NAMES[Math.floor(hour / 24)], clockOf(hour), count, unknown[hour], supports, ...Object.values(about)]))]);
}

/** A feature for each neighbourhood, its hours as lists from Monday's first. */
export function rhythmShapes(rhythm: Rhythm, areas: Neighbourhoods, about: About): Described {
  return {
    type: 'FeatureCollection', metadata: about,
    features: (rhythm.neighbourhoods ?? []).flatMap(({ id, name, open, unknown, supports }) => {
      const shape = areas.features.find((area) => area.id === id);
      return shape ? [{ type: 'Feature', id, geometry: shape.geometry, properties: { id, name, supports, open, unknown } }] : [];
    }),
  };
}
