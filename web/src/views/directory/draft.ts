/** A support as it stands in the steward's form, and what the server gets of it. Pure. */
import type { Closeness, LonLat, Schedule, Support, SupportBody, SupportFields, SupportForm, SupportProperties, SupportStatus, SupportType } from '../../api/types';

/** Yes, no, or nobody said. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Everything that can be typed or chosen; an empty text says nothing. */
export interface Draft {
  name: string;
  category: string;
  form: SupportForm;
  organisation: string;
  description: string;
  support_types: readonly SupportType[];
  channel: SupportProperties['channel'];
  confidential: boolean;
  direct: Answer;
  referral: SupportProperties['referral'];
  eligibility: string;
  price: SupportProperties['price'];
  amount: string;
  currency: string;
  /** Places in a week. */
  capacity: string;
  lived_experience: Answer;
  closeness: readonly Closeness[];
  since: string;
  status: SupportStatus;
  closing_on: string;
  last_checked: string;
  languages: readonly string[];
  opening_hours: string;
  schedules: readonly Schedule[];
  address: string;
  phone: string;
  email: string;
  website: string;
  wheelchair: string;
  terms: SupportProperties['terms'];
  point: LonLat | null;
}

export const EMPTY: Draft = {
  name: '', category: '', form: 'other', organisation: '', description: '', support_types: [], channel: 'place', confidential: false, direct: 'unknown',
  referral: 'unknown', eligibility: '', price: 'unknown', amount: '', currency: 'EUR', capacity: '', lived_experience: 'unknown', closeness: [], since: '', status: 'active',
  closing_on: '', last_checked: '', languages: [], opening_hours: '', schedules: [], address: '', phone: '', email: '', website: '', wheelchair: '', terms: [], point: null,
};

const answerOf = (said: boolean | null | undefined): Answer => (said == null ? 'unknown' : said ? 'yes' : 'no');
const saidBy = (answer: Answer): boolean | null => (answer === 'unknown' ? null : answer === 'yes');

export function draftOf({ geometry, properties: of }: Support): Draft {
  const [lon, lat] = geometry?.coordinates ?? [];
  return {
    name: of.name ?? '', category: of.category === of.form ? '' : of.category, form: of.form, organisation: of.organisation ?? '', description: of.description ?? '',
    support_types: of.support_types, channel: of.channel, confidential: of.confidential, direct: answerOf(of.direct), referral: of.referral,
    eligibility: of.eligibility ?? '', price: of.price, amount: of.price_amount?.amount ?? '', currency: of.price_amount?.currency ?? EMPTY.currency,
    capacity: of.capacity == null ? '' : String(of.capacity), lived_experience: answerOf(of.lived_experience), closeness: of.closeness, since: of.since ?? '', status: of.status, closing_on: of.closing_on ?? '',
    last_checked: of.last_checked ?? '', languages: of.languages, opening_hours: of.opening_hours ?? '', schedules: of.schedules, address: of.address ?? '',
    phone: of.phone ?? '', email: of.email ?? '', website: of.website ?? '', wheelchair: of.wheelchair ?? '', terms: of.terms,
    point: lon === undefined || lat === undefined ? null : [lon, lat],
  };
}

export const mayHavePosition = ({ channel, confidential }: Pick<Draft, 'channel' | 'confidential'>): boolean => channel === 'place' && !confidential;
export const mayEnd = ({ status }: Pick<Draft, 'status'>): boolean => status === 'closing' || status === 'closed';

/** A number as it was typed; what is none is sent as one that no support has, so that the server names the field. */
function placesIn(typed: string): number | null {
  const text = typed.replace(/\s/g, '');
  const places = Number(text.replace(',', '.'));
  return text === '' ? null : Number.isNaN(places) ? -1 : places;
}

/** What is sent: every field, since what is not named has nothing said in it. */
export function bodyOf(draft: Draft): SupportBody {
  const text = (typed: string): string | null => typed.trim() || null;
  const amount = draft.amount.replace(/\s/g, '').replace(',', '.');
  const properties: SupportFields = {
    name: text(draft.name), category: draft.category.trim(), form: draft.form, organisation: text(draft.organisation), description: text(draft.description),
    support_types: [...draft.support_types], channel: draft.channel, confidential: draft.confidential, direct: saidBy(draft.direct), referral: draft.referral,
    eligibility: text(draft.eligibility), price: draft.price, price_amount: amount ? { amount, currency: draft.currency.trim().toUpperCase() } : null,
    capacity: placesIn(draft.capacity), lived_experience: saidBy(draft.lived_experience), closeness: [...draft.closeness], since: text(draft.since), status: draft.status,
    closing_on: mayEnd(draft) ? text(draft.closing_on) : null, last_checked: text(draft.last_checked), languages: [...draft.languages],
    opening_hours: text(draft.opening_hours), schedules: [...draft.schedules], address: draft.confidential ? null : text(draft.address), phone: text(draft.phone),
    email: text(draft.email), website: text(draft.website), wheelchair: draft.wheelchair || null, terms: [...draft.terms],
  };
  const geometry = mayHavePosition(draft) && draft.point ? { type: 'Point' as const, coordinates: [...draft.point] } : null;
  return { type: 'Feature', geometry, properties };
}

/** The field of the form that a problem is about: `properties.languages[0]` is `languages`. */
export const fieldOf = (path: string): string => /^(?:properties\.)?([a-z_]+)/.exec(path)?.[1] ?? '';

/** The fields that a change of the form is about, as problems name them. */
export const fieldsIn = (part: Partial<Draft>): string[] =>
  Object.keys(part).flatMap((field) => {
    switch (field) {
      case 'amount': case 'currency': return ['price_amount'];
      case 'point': return ['geometry'];
      // Where nobody goes there is no position to be missed.
      case 'channel': case 'confidential': return [field, 'geometry'];
      default: return [field];
    }
  });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was typed since the record was opened, put into a newer one. */
export function onNewer(mine: Draft, opened: Draft, newer: Draft): Draft {
  const changed = Object.entries(mine).filter(([field, value]) => !same(value, opened[field as keyof Draft]));
  return { ...newer, ...(Object.fromEntries(changed) as Partial<Draft>) };
}
