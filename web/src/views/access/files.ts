/** What the page shows, as files: each line says what was asked, so that a table never stands alone. Pure. */
import type { FeatureCollection } from 'geojson';
import type { Neighbourhoods } from '../../api/types';
import { csvRows } from '../../lib/csv';
import type { AccessRow } from './rows';

/** What was asked and whom to credit, by the names of columns. */
export type About = Readonly<Record<string, string>>;

const COLUMNS: readonly [string, (row: AccessRow) => unknown][] = [
  ['id', (row) => row.id], ['name', (row) => row.name], ['residents', (row) => row.residents],
  ['share_within', (row) => row.share], ['share_within_before', (row) => row.before], ['nearest_minutes', (row) => row.nearest],
  ['supports_within', (row) => row.supports], ['places_a_week_per_1000_residents', (row) => row.relative],
  ['residents_losing', (row) => row.losing], ['residents_gaining', (row) => row.gaining],
];

export const accessCsv = (rows: readonly AccessRow[], about: About): string =>
  csvRows([[...COLUMNS.map(([name]) => name), ...Object.keys(about)], ...rows.map((row) => [...COLUMNS.map(([, read]) => read(row)), ...Object.values(about)])]);

export type Described = FeatureCollection & { metadata: About };

export function accessShapes(rows: readonly AccessRow[], areas: Neighbourhoods, about: About): Described {
  return {
    type: 'FeatureCollection', metadata: about,
    features: rows.flatMap((row) => {
      const shape = areas.features.find(({ id }) => id === row.id);
      return shape ? [{ type: 'Feature', id: row.id, geometry: shape.geometry, properties: Object.fromEntries(COLUMNS.map(([name, read]) => [name, read(row)])) }] : [];
    }),
  };
}
