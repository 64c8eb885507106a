/** What the page shows, as files: each line says what was asked, so that a table never stands alone. Pure but for `save`. */
import type { FeatureCollection } from 'geojson';
import type { Neighbourhoods } from '../../api/types';
import type { AccessRow } from './rows';

/** What was asked and whom to credit, by the names of columns. */
export type About = Readonly<Record<string, string>>;

export function csvText(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown): string => {
    const text = value == null ? '' : String(value);
    // A leading = + - @ would be a formula to a spreadsheet; numbers are safe.
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

const COLUMNS: readonly [string, (row: AccessRow) => unknown][] = [
  ['id', (row) => row.id], ['name', (row) => row.name], ['residents', (row) => row.residents],
  ['share_within', (row) => row.share], ['share_within_before', (row) => row.before], ['nearest_minutes', (row) => row.nearest],
  ['supports_within', (row) => row.supports], ['places_a_week_per_1000_residents', (row) => row.relative],
  ['residents_losing', (row) => row.losing], ['residents_gaining', (row) => row.gaining],
];

export const accessCsv = (rows: readonly AccessRow[], about: About): string =>
  csvText([...COLUMNS.map(([name]) => name), ...Object.keys(about)], rows.map((row) => [...COLUMNS.map(([, read]) => read(row)), ...Object.values(about)]));

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

/** Hands a text to the person as a file. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
