/** What is different between two states of a support. Pure. */
import type { Support, SupportChange } from '../../api/types';

export type Fields = Readonly<Record<string, unknown>>;

export interface FieldChange {
  field: string;
  /** Null where nobody had said anything. */
  from: unknown;
  to: unknown;
}

/** In the order in which the form asks; what it does not ask comes after. */
const ORDER = [
  'name', 'category', 'form', 'organisation', 'description', 'support_types', 'closeness', 'lived_experience', 'direct', 'channel', 'confidential', 'referral', 'eligibility',
  'price', 'price_amount', 'capacity', 'languages', 'wheelchair', 'address', 'location', 'opening_hours', 'schedules', 'phone', 'email', 'website', 'status', 'closing_on', 'since',
  'last_checked', 'terms', 'missing_since', 'merged_into',
];
/** These say where a record comes from; no steward changes them. */
const NOT_TOLD = ['source', 'source_id'];

/** What says nothing, in whichever way. */
const unsaid = (value: unknown): boolean => value == null || value === 'unknown' || value === '' || value === false || (Array.isArray(value) && value.length === 0);
/** A field that can be false tells so: that nobody works there with lived experience is something known. */
const nothingIn = (field: string, value: unknown): boolean => (value === false ? field === 'confidential' : unsaid(value));

export function changedFields(before: Fields | null | undefined, after: Fields): FieldChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].filter((name) => !NOT_TOLD.includes(name));
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return names
    .map((field) => {
      const [from, to] = [before?.[field] ?? null, after[field] ?? null].map((value) => (nothingIn(field, value) ? null : value));
      return { field, from, to };
    })
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
    .sort((a, b) => place(a.field) - place(b.field) || a.field.localeCompare(b.field));
}

/** What only answers have. */
const NOT_WRITTEN = ['open', 'next_change', 'version', 'updated_at', 'distance_m', 'walking_minutes'];

/** A support as its history tells it. */
export function fieldsOf({ geometry, properties }: Support): Fields {
  const written = Object.entries(properties).filter(([name]) => !NOT_WRITTEN.includes(name));
  return { ...Object.fromEntries(written), location: geometry?.coordinates ?? null };
}

/** The fields that the one which stays takes over: what it does not know, and the other one does. */
export function takenOver(stays: Support, goes: Support): string[] {
  const [ours, theirs] = [fieldsOf(stays), fieldsOf(goes)];
  return changedFields(null, theirs).map(({ field }) => field)
    .filter((field) => !['status', 'closing_on', 'missing_since'].includes(field) && nothingIn(field, ours[field]) && ours[field] !== false);
}

/** A change without a state before is the first one. */
export const isFirst = ({ before }: SupportChange): boolean => before == null;
