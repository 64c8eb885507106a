/** Feelings of a place over time: where each day lies between heavy and light. Pure. */
import type { DiaryEntry, FeelingChoice } from '../../../api/types';

export interface Day {
  date: string;
  /** −1 heavy to 1 light, the mean of the feelings by their strength. */
  lightness: number;
  feelings: FeelingChoice[];
}

/** Days with feelings, the earliest first; several entries of a day are one. */
export function daysOf(entries: readonly DiaryEntry[], valence: ReadonlyMap<string, number>): Day[] {
  const byDate = new Map<string, FeelingChoice[]>();
  for (const { date, feelings } of entries) if (feelings.length > 0) byDate.set(date, [...(byDate.get(date) ?? []), ...feelings]);
  return [...byDate].sort(([a], [b]) => a.localeCompare(b)).map(([date, feelings]) => {
    const weight = feelings.reduce((sum, { strength }) => sum + strength, 0);
    const sum = feelings.reduce((total, { feeling, strength }) => total + (valence.get(feeling) ?? 0) * strength, 0);
    return { date, lightness: weight > 0 ? sum / weight : 0, feelings };
  });
}

/** Where each day stands in a box of 1 by 1: by its date from left to right, light above. */
export function drawnDays(days: readonly Day[]): { x: number; y: number }[] {
  const times = days.map(({ date }) => Date.parse(`${date}T00:00:00Z`));
  const [first = 0, last = 0] = [Math.min(...times), Math.max(...times)];
  return days.map(({ lightness }, i) => ({ x: last > first ? ((times[i] ?? first) - first) / (last - first) : 0.5, y: (1 - lightness) / 2 }));
}
