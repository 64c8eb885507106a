/** The 168 hours of a week, Monday's first is 0. Pure. */
import { instantOf, localTime } from '../../lib/zone';

export const HOURS = 168;
export const DAY_NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/** Hours that planners ask about most. */
export const PRESETS = { weekdayMorning: 24 + 10, weekdayEvening: 48 + 19, fridayNight: 96 + 23, saturdayAfternoon: 120 + 14, sundayMorning: 144 + 10, sundayEvening: 144 + 19 } as const;
export type Preset = keyof typeof PRESETS;

/** Parts of a day by their hours; the night is what is left around them. */
export const PARTS = { night: [0, 6], morning: [6, 12], afternoon: [12, 18], evening: [18, 24] } as const;
export type Part = keyof typeof PARTS;

export function hourOf(text: string | null): number {
  const hour = text === null || text === '' ? NaN : Number(text);
  return Number.isInteger(hour) && hour >= 0 && hour < HOURS ? hour : PRESETS.sundayEvening;
}

export const clockOf = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;

/** What the community's clocks show at that hour of the week that starts on this Monday (`2026-11-23`). */
export function localHour(monday: string, hour: number): string {
  const day = new Date(`${monday}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Math.floor(hour / 24));
  return `${day.toISOString().slice(0, 10)}T${clockOf(hour)}`;
}

/** Shades from none (0) to most (4), by the share of all that are open. */
export const shadeOf = (open: number, supports: number): number =>
  open === 0 || supports === 0 ? 0 : Math.min(4, Math.ceil((4 * open) / supports));

/** The fewest and the most that are open in a part of a day. */
export function rangeOf(open: readonly number[], day: number, part: Part): [number, number] {
  const [from, to] = PARTS[part];
  const hours = open.slice(24 * day + from, 24 * day + to);
  return hours.length === 0 ? [0, 0] : [Math.min(...hours), Math.max(...hours)];
}

/** The hour with the most open, and how many hours have none. */
export function extremes(open: readonly number[]): { most: number; none: number } {
  return { most: open.indexOf(Math.max(...open)), none: open.filter((count) => count === 0).length };
}

/** The Monday of the week of a local time: `2026-11-26T18:00` is in the week of `2026-11-23`. */
export function mondayOf(local: string): string {
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/** The instant of an hour of this week on the community's clocks; null without an hour or a clock. */
export function instantOfHour(hour: number | null, zone: string | null | undefined, now: Date): string | null {
  return hour === null || !zone ? null : instantOf(localHour(mondayOf(localTime(now, zone)), hour), zone);
}
