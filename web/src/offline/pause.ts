/** Seconds between attempts while the server cannot be reached. */
const PAUSES_S = [5, 15, 60, 300] as const;
const LEAST_MS = 50;

/**
 * Milliseconds until the next round.
 *
 * @param due When each waiting thing may be sent, Unix milliseconds; at least one.
 * @param attempt How often the server was not reached in a row; `null` when it was. What a person did meanwhile, and what
 * falls due before the next attempt, is reason enough to try then: their ten seconds to think again do not become minutes.
 */
export function pauseBefore(due: readonly number[], now: number, attempt: number | null): number {
  if (attempt === null) return Math.max(LEAST_MS, Math.min(...due) - now);
  const pause = (PAUSES_S[Math.min(attempt, PAUSES_S.length - 1)] ?? 300) * 1000;
  return Math.max(LEAST_MS, Math.min(pause, ...due.filter((time) => time > now).map((time) => time - now)));
}
