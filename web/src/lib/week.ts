/**
 * The opening hours of an ordinary week, for drawing and for reading aloud. Pure.
 *
 * It reads the plain part of the OpenStreetMap syntax: days, times, `off` and `24/7`. Anything else (months, weeks, sunrise,
 * comments) gives null, and the page shows the words as they were written: a strip that might be wrong is worse than none.
 * Whether something is open now is the server's to say.
 */
import type { Schedule } from '../api/types';

/** Minutes from midnight; an end after 1440 is past midnight. */
export type Span = readonly [start: number, end: number];
/** Seven days, Monday first; public holidays apart. */
export type Week = readonly Span[][];

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const DAY = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
const DAY_PART = new RegExp(`^(?:${DAY}(?:-${DAY})?|PH|SH)$`);
/** A comma with or without a space belongs to the days: `Mo-Th, Su 10:00-18:00` is five days of one rule. */
const RULE = new RegExp(`^((?:${DAY}(?:-${DAY})?|PH|SH)(?:\\s*,\\s*(?:${DAY}(?:-${DAY})?|PH|SH))*)?\\s*(.*)$`);
const TIME = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;

export const DAY_LENGTH = 24 * 60;

function daysOf(text: string): number[] | null {
  const days = new Set<number>();
  for (const part of text.split(/\s*,\s*/)) {
    if (!DAY_PART.test(part)) return null;
    if (part === 'PH' || part === 'SH') continue;
    const [first, last = first] = part.split('-').map((day) => DAYS.findIndex((name) => name === day));
    if (first === undefined || last === undefined) return null;
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return [...days];
}

function spansOf(text: string): Span[] | null {
  if (/^(off|closed)$/i.test(text)) return [];
  const spans: Span[] = [];
  for (const part of text.split(/\s*,\s*/)) {
    const [, h1, m1, h2, m2] = TIME.exec(part.replace(/\s*[-–]\s*/, '-')) ?? [];
    if (!h1 || !m1 || !h2 || !m2) return null;
    const [start, end] = [Number(h1) * 60 + Number(m1), Number(h2) * 60 + Number(m2)];
    if (start >= DAY_LENGTH || end > 2 * DAY_LENGTH) return null;
    spans.push([start, end > start ? end : end + DAY_LENGTH]);
  }
  return spans;
}

function weekOfHours(hours: string): Span[][] | null {
  const week: Span[][] = DAYS.map(() => []);
  for (const rule of hours.split(';').map((part) => part.trim()).filter(Boolean)) {
    if (rule === '24/7') {
      week.forEach((_, day) => (week[day] = [[0, DAY_LENGTH]]));
      continue;
    }
    const [, dayText, times = ''] = RULE.exec(rule) ?? [];
    // `Mo-Fr 10:00-18:00, Sa 11:00-15:00`: a comma may also begin another rule.
    const [here = '', ...others] = times.split(new RegExp(`\\s*,\\s*(?=${DAY}|PH|SH)`));
    for (const [days, spans, only] of [
      [dayText ? daysOf(dayText) : [0, 1, 2, 3, 4, 5, 6], spansOf(here), /^(PH|SH)/.test(dayText ?? '') && !/[A-Z][a-z]/.test(dayText ?? '')] as const,
      ...others.map((other) => {
        const [, otherDays, otherTimes = ''] = RULE.exec(other) ?? [];
        return [otherDays ? daysOf(otherDays) : null, spansOf(otherTimes), false] as const;
      }),
    ]) {
      if (days === null || spans === null) return null;
      if (!only) for (const day of days) week[day] = spans;
    }
  }
  return week;
}

/** A schedule that happens in every week, with both its times. */
const everyWeek = ({ freq, interval, byday, until, opens_at, closes_at }: Schedule): boolean =>
  (freq ?? 'WEEKLY') === 'WEEKLY' && (interval ?? 1) === 1 && (byday ?? []).length > 0 && !until && !!opens_at && !!closes_at;

/** The week, or null where the hours cannot be drawn for certain. */
export function weekOf(hours: string | null | undefined, schedules: readonly Schedule[]): Week | null {
  if (!hours && schedules.length === 0) return null;
  const week = hours ? weekOfHours(hours) : DAYS.map((): Span[] => []);
  if (!week) return null;
  for (const schedule of schedules) {
    if (!everyWeek(schedule)) return null;
    const spans = spansOf(`${(schedule.opens_at ?? '').slice(0, 5)}-${(schedule.closes_at ?? '').slice(0, 5)}`);
    if (!spans) return null;
    for (const name of schedule.byday ?? []) {
      const day = DAYS.findIndex((known) => known.toUpperCase() === name);
      if (day < 0) return null;
      week[day] = [...(week[day] ?? []), ...spans].sort(([a], [b]) => a - b);
    }
  }
  return week;
}

export const clock = (minutes: number): string => {
  const within = minutes === DAY_LENGTH ? minutes : minutes % DAY_LENGTH;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};

/** `10:00–18:00, 19:00–21:00`, or null for a day on which it is closed. */
export const dayInWords = (spans: readonly Span[]): string | null =>
  spans.length === 0 ? null : spans.map(([start, end]) => `${clock(start)}–${clock(end)}`).join(', ');

/** What is drawn on each day, with the hours after midnight moved to the day that they belong to. */
export function drawnWeek(week: Week): Span[][] {
  const drawn: Span[][] = week.map(() => []);
  week.forEach((spans, day) => {
    for (const [start, end] of spans) {
      drawn[day]?.push([start, Math.min(end, DAY_LENGTH)]);
      if (end > DAY_LENGTH) drawn[(day + 1) % 7]?.push([0, end - DAY_LENGTH]);
    }
  });
  return drawn;
}
