/** A repeating time as the steward's form changes it. Pure. */
import type { Schedule } from '../../api/types';

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Day = (typeof DAYS)[number];
/** The first to the fourth and the last of a month; what some months do not have is left out. */
export const NTHS = ['1', '2', '3', '4', '-1'] as const;
export type Nth = (typeof NTHS)[number];
/** How often, as frequency and interval. */
export const RHYTHMS = ['WEEKLY/1', 'WEEKLY/2', 'WEEKLY/3', 'WEEKLY/4', 'MONTHLY/1', 'MONTHLY/2', 'MONTHLY/3'] as const;

export const NEW_SCHEDULE: Schedule = { freq: 'WEEKLY', interval: 2, byday: ['TU'], bymonthday: [], dtstart: null, until: null, opens_at: '17:00', closes_at: '19:00', description: null };

export const oftenOf = ({ freq, interval }: Schedule): string => `${freq ?? 'WEEKLY'}/${interval ?? 1}`;

const BY_DAY = /^(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)$/;

/** Its weekdays and which of the month; null where it says more than the form can show: then it is kept or taken away as a whole. */
export function simple(schedule: Schedule): { days: Day[]; nth: Nth | null } | null {
  if ((schedule.bymonthday ?? []).length > 0) return null;
  const parts = (schedule.byday ?? []).map((text) => BY_DAY.exec(text));
  if (parts.some((part) => part === null)) return null;
  const nths = [...new Set(parts.map((part) => part?.[1] ?? null))];
  if (nths.length > 1 || (schedule.freq === 'MONTHLY' && nths[0] === null)) return null;
  return { days: parts.map((part) => part?.[2] as Day), nth: (nths[0] ?? null) as Nth | null };
}

const ordered = (days: readonly Day[]): Day[] => DAYS.filter((day) => days.includes(day));

export function withDays(schedule: Schedule, days: readonly Day[]): Schedule {
  const nth = schedule.freq === 'MONTHLY' ? (simple(schedule)?.nth ?? '1') : '';
  return { ...schedule, byday: ordered(days).map((day) => `${nth}${day}`) };
}

export function withNth(schedule: Schedule, nth: string): Schedule {
  return { ...schedule, byday: (simple(schedule)?.days ?? []).map((day) => `${nth}${day}`) };
}

/** `MONTHLY/2`: what goes by weeks has no first or last of the month. */
export function withOften(schedule: Schedule, often: string): Schedule {
  const [freq, interval] = often.split('/');
  const days = simple(schedule)?.days ?? [];
  return withDays({ ...schedule, freq: freq === 'MONTHLY' ? 'MONTHLY' : 'WEEKLY', interval: Number(interval), byday: days.map((day) => (freq === 'MONTHLY' ? `1${day}` : day)) }, days);
}
