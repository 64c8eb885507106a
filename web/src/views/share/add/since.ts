/** Since when: a year, a month of a year or a day, as people write them. Pure. */

const EARLIEST = 1900;

const real = (year: number, month: number, day: number, now: Date): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= EARLIEST && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getTime() <= now.getTime();
};

const two = (n: number): string => String(n).padStart(2, '0');

/** `2024`, `2024-05` or `2024-05-17`, or null for what is none of them or lies ahead. Reads `5.2024`, `05/2024` and `17.5.2024`, too. */
export function readSince(typed: string, now: Date): string | null {
  const parts = typed.trim().split(/\s*[-./]\s*|\s+/).filter(Boolean);
  if (parts.length > 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const yearFirst = (parts[0] ?? '').length === 4;
  const [year = 0, month, day] = (yearFirst ? parts : [...parts].reverse()).map(Number);
  if (!yearFirst && (parts.at(-1) ?? '').length !== 4) return null;
  if (!real(year, month ?? 1, day ?? 1, now)) return null;
  return [String(year), ...(month === undefined ? [] : [two(month)]), ...(day === undefined ? [] : [two(day)])].join('-');
}
