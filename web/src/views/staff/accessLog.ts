/** What the rows of the access log say, and whether they hold together. */
import type { AccessLogRow } from '../../api/types';

const OPERATIONS = ['ogc items', 'ogc item', 'places', 'place', 'search', 'proximity', 'export'] as const;

/** An operation and the names of its filters; an unknown one is shown as it is written. */
export function readingOf(what: string): { operation: string; filters: string[] } {
  if (what.startsWith('export of places as ')) return { operation: 'export', filters: [what.slice('export of places as '.length)] };
  const operation = OPERATIONS.find((known) => what === known || what.startsWith(`${known} `));
  return operation ? { operation, filters: what.slice(operation.length).split(' ').filter(Boolean) } : { operation: what, filters: [] };
}

/**
 * The number of the newest row that does not follow from the one before it; null if all do. Rows come newest first. Whether a row's
 * own content fits its hash is for `stead check`, which has the whole log.
 */
export function brokenAt(rows: readonly AccessLogRow[]): number | null {
  const broken = rows.find((row, index) => {
    const before = rows[index + 1];
    return before !== undefined && (row.seq !== before.seq + 1 || row.previous !== before.hash);
  });
  return broken?.seq ?? null;
}
