/** What the person is looking for, as it stands in the address. Where they are is never part of it. */
import type { LonLat, SupportQuery, SupportType } from '../../api/types';

export interface Filters {
  type: string[];
  support: SupportType[];
  free: boolean;
  q: string;
}

const SUPPORT_TYPES: readonly SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];
const parts = (text: string | null): string[] => (text ?? '').split(',').filter(Boolean);

export function filtersOf(query: URLSearchParams): Filters {
  return {
    type: parts(query.get('type')),
    support: parts(query.get('support')).filter((name): name is SupportType => SUPPORT_TYPES.some((known) => known === name)),
    free: query.get('free') === 'true',
    q: query.get('q') ?? '',
  };
}

export function queryOf(filters: Filters): Record<string, string | null> {
  return {
    type: filters.type.join(',') || null,
    support: filters.support.join(',') || null,
    free: filters.free ? 'true' : null,
    q: filters.q || null,
  };
}

export const isFiltered = ({ type, support, free, q }: Filters): boolean => type.length + support.length > 0 || free || q !== '';

export const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

export const PAGE_SIZE = 50;

export function supportQuery({ type, support, free, q }: Filters, near: LonLat | null, cursor: string | null): SupportQuery {
  return {
    limit: PAGE_SIZE,
    ...(near ? { near } : {}),
    ...(type.length > 0 ? { type } : {}),
    ...(support.length > 0 ? { support } : {}),
    ...(free ? { free } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(cursor ? { cursor } : {}),
  };
}
