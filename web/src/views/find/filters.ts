/** What the person is looking for, as it stands in the address. Where they are is never part of it. */
import type { LonLat, SupportForm, SupportQuery, SupportStatus, SupportType } from '../../api/types';
import { instantOf, isLocalTime } from '../../lib/zone';

export interface Filters {
  type: string[];
  form: string[];
  support: SupportType[];
  free: boolean;
  /** Nothing, `now`, or a time on the community's clocks: `2026-11-26T18:00`. */
  open: string;
  /** Hours that it stays open from then on; counts only with a time. */
  hours: number | null;
  language: string[];
  accessible: boolean;
  neighbourhood: string[];
  status: SupportStatus[];
  /** Metres from where the person is or looks; counts only while there is such a point. */
  within: number | null;
  q: string;
}

export const SUPPORT_TYPES: readonly SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];
export const STATUSES: readonly SupportStatus[] = ['active', 'temporarily_closed', 'closing', 'closed'];
export const NO_FILTERS: Filters = {
  type: [], form: [], support: [], free: false, open: '', hours: null, language: [], accessible: false, neighbourhood: [], status: [], within: null, q: '',
};

/** Distances to choose from, in metres: about 8, 16, 33 and 80 minutes on foot. */
export const DISTANCES: readonly number[] = [500, 1000, 2000, 5000];

/** Lengths of a visit to choose from, in hours. */
export const HOURS: readonly number[] = [1, 2, 4];

const LANGUAGE = /^[a-z]{2,3}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const parts = (text: string | null): string[] => (text ?? '').split(',').filter(Boolean);
const known = <T extends string>(all: readonly T[], text: string | null): T[] =>
  parts(text).flatMap((name) => all.find((one) => one === name) ?? []);

export function filtersOf(query: URLSearchParams): Filters {
  const open = query.get('open') ?? '';
  return {
    type: parts(query.get('type')),
    form: parts(query.get('form')),
    support: known(SUPPORT_TYPES, query.get('support')),
    free: query.get('free') === 'true',
    open: open === 'now' || isLocalTime(open) ? open : '',
    hours: HOURS.find((hours) => String(hours) === query.get('hours')) ?? null,
    language: parts(query.get('language')).filter((tag) => LANGUAGE.test(tag)),
    accessible: query.get('accessible') === 'true',
    neighbourhood: parts(query.get('neighbourhood')).filter((id) => UUID.test(id)),
    status: known(STATUSES, query.get('status')),
    within: DISTANCES.find((metres) => String(metres) === query.get('within')) ?? null,
    q: query.get('q') ?? '',
  };
}

/** Whether how long it stays open is a question: not without a time, and not about this moment. */
export const staysOpen = ({ open }: Filters): boolean => open !== '' && open !== 'now';

export function queryOf(filters: Filters): Record<string, string | null> {
  const list = (items: readonly string[]): string | null => items.join(',') || null;
  return {
    type: list(filters.type),
    form: list(filters.form),
    support: list(filters.support),
    free: filters.free ? 'true' : null,
    open: filters.open || null,
    hours: filters.hours !== null && staysOpen(filters) ? String(filters.hours) : null,
    language: list(filters.language),
    accessible: filters.accessible ? 'true' : null,
    neighbourhood: list(filters.neighbourhood),
    status: list(filters.status),
    within: filters.within === null ? null : String(filters.within),
    q: filters.q || null,
  };
}

export const isFiltered = (filters: Filters): boolean => Object.values(queryOf(filters)).some((value) => value !== null);

export const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

export const PAGE_SIZE = 50;

/** `zone` is the community's; without one nobody knows what is open, and the server finds nothing that is. */
export function supportQuery(filters: Filters, near: LonLat | null, cursor: string | null, zone: string | null | undefined, forms: readonly string[]): SupportQuery {
  const { type, form, support, free, open, language, accessible, neighbourhood, status, within, q } = filters;
  // An unknown form would be refused; an old link with one still finds the rest.
  const askedForms = form.filter((name): name is SupportForm => forms.includes(name));
  const until = openAtEnd(filters, zone ?? 'UTC');
  const openAt = open === 'now' || open === '' ? open : instantOf(open, zone ?? 'UTC');
  return {
    limit: PAGE_SIZE,
    ...(near ? { near } : {}),
    ...(near && within !== null ? { radius: within } : {}),
    ...(type.length > 0 ? { type } : {}),
    ...(askedForms.length > 0 ? { form: askedForms } : {}),
    ...(support.length > 0 ? { support } : {}),
    ...(free ? { free } : {}),
    ...(openAt && until ? { open_during: `${openAt}/${until}` } : openAt ? { open_at: openAt } : {}),
    ...(language.length > 0 ? { language } : {}),
    ...(accessible ? { accessible } : {}),
    ...(neighbourhood.length > 0 ? { neighbourhood } : {}),
    ...(status.length > 0 ? { status } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
    // The counts do not change from page to page.
    ...(cursor ? { cursor } : { facets: true }),
  };
}

/** The instant until which it must stay open; null where nobody asks. */
function openAtEnd(filters: Filters, zone: string): string | null {
  const from = staysOpen(filters) && filters.hours !== null ? instantOf(filters.open, zone) : null;
  return from === null ? null : new Date(Date.parse(from) + (filters.hours ?? 0) * 3_600_000).toISOString().replace('.000', '');
}
