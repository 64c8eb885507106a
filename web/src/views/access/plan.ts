/** What is asked about reaching support, kept in the address: public places only, so that it can be shared. Pure. */
import type { LonLat, SupportForm, SupportType } from '../../api/types';
import { HOURS } from '../rhythm/hours';

export const MINUTES = [5, 10, 15, 20, 30] as const;
const USUAL_MINUTES = 10;
/** As many as the server takes at once. */
export const MOST = 200;
export const TYPES: readonly SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];

/** A support that would open. */
export interface Opening {
  at: LonLat;
  /** Its category. */
  kind: string;
  /** Its form; null for the usual one of its category. */
  form: SupportForm | null;
  free: boolean;
  /** In the OpenStreetMap syntax; null counts at any time. */
  hours: string | null;
}

/** Which supports count. */
export interface Counting {
  /** A category, or empty for every one. */
  kind: string;
  form: SupportForm | null;
  support: SupportType | null;
  free: boolean;
  /** Free, no referral, a place to walk into. */
  low: boolean;
  /** An hour of the week, Monday's first is 0; null for any time. */
  hour: number | null;
}

export interface Plan extends Counting {
  minutes: number;
  /** The neighbourhood that is looked at. */
  area: string | null;
  /** Supports that would close. */
  close: readonly string[];
  open: readonly Opening[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FORM = /^[a-z_]{1,40}$/;
const formOf = (name: string): SupportForm | null => (FORM.test(name) ? (name as SupportForm) : null);

/** `lon,lat[,kind[/form][,free[,hours]]]`; an older link names the kind of all openings once, as the kind that counts. */
function openingOf(text: string, kindOfAll: string): Opening | null {
  const [lon = NaN, lat = NaN] = text.split(',', 2).map((number) => (number === '' ? NaN : Number(number)));
  const [, , what = '', free, hours] = text.split(',');
  const [kind, form = ''] = what.split('/');
  const named = kind || kindOfAll;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90) || named === '') return null;
  return { at: [lon, lat], kind: named, form: formOf(form), free: free !== 'paid', hours: hours ? decoded(hours) : null };
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const written = ({ at: [lon, lat], kind, form, free, hours }: Opening): string =>
  [lon.toFixed(5), lat.toFixed(5), form ? `${kind}/${form}` : kind, ...(hours ? [free ? 'free' : 'paid', encodeURIComponent(hours)] : free ? [] : ['paid'])].join(',');

/** The plan of an address, and how many parts of it say nothing that can be used. */
export function readPlan(query: URLSearchParams): { plan: Plan; unreadable: number } {
  const minutes = Number(query.get('minutes'));
  const hour = query.get('hour') === null || query.get('hour') === '' ? NaN : Number(query.get('hour'));
  const kind = query.get('kind') ?? '';
  const parts = (name: string, by: string): string[] => (query.get(name) ?? '').split(by).filter(Boolean).slice(0, MOST);
  const close = parts('close', ',');
  const open = parts('open', ';').map((text) => openingOf(text, kind));
  const known = { close: close.filter((id) => UUID.test(id)), open: open.flatMap((opening) => opening ?? []) };
  return {
    plan: {
      kind,
      form: formOf(query.get('form') ?? ''),
      support: TYPES.find((name) => name === query.get('support')) ?? null,
      free: query.get('free') === 'true',
      low: query.get('low') === 'true',
      hour: Number.isInteger(hour) && hour >= 0 && hour < HOURS ? hour : null,
      minutes: MINUTES.find((offered) => offered === minutes) ?? USUAL_MINUTES,
      area: query.get('area') || null,
      ...known,
    },
    unreadable: close.length - known.close.length + open.length - known.open.length,
  };
}

export const planOf = (query: URLSearchParams): Plan => readPlan(query).plan;

/** The address's part for a plan; what is usual is left out. */
export function queryOf({ kind, form, support, free, low, hour, minutes, area, close, open }: Plan): Record<string, string | null> {
  return {
    kind: kind || null,
    form,
    support,
    free: free ? 'true' : null,
    low: low ? 'true' : null,
    hour: hour === null ? null : String(hour),
    minutes: minutes === USUAL_MINUTES ? null : String(minutes),
    area,
    close: close.join(',') || null,
    open: open.map(written).join(';') || null,
  };
}

export const changes = ({ close, open }: Pick<Plan, 'close' | 'open'>): boolean => close.length > 0 || open.length > 0;

export const toggled = (list: readonly string[], id: string): string[] =>
  list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
