/** Which part of the directory is listed, as it stands in the address. Pure. */
import type { SupportQuery, SupportStatus } from '../../api/types';

export const SHOWS = ['listed', 'closed', 'missing', 'all'] as const;
export type Show = (typeof SHOWS)[number];

export interface Listing {
  show: Show;
  q: string;
}

export const PAGE_SIZE = 50;
const EVERY_STATUS: SupportStatus[] = ['active', 'temporarily_closed', 'closing', 'closed'];

export const listingOf = (query: URLSearchParams): Listing => ({
  show: SHOWS.find((show) => show === query.get('show')) ?? 'listed',
  q: query.get('q') ?? '',
});

export function listingQuery({ show, q }: Listing, cursor: string | null, limit = PAGE_SIZE): SupportQuery {
  const which: Record<Show, SupportQuery> = {
    listed: {},
    closed: { status: ['closed'], missing: 'also' },
    missing: { status: EVERY_STATUS, missing: 'only' },
    all: { status: EVERY_STATUS, missing: 'also' },
  };
  return { limit, ...which[show], ...(q.trim() ? { q: q.trim() } : {}), ...(cursor ? { cursor } : {}) };
}
