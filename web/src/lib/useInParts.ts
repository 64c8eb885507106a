import { useEffect, useState } from 'preact/hooks';
import { onceIdle } from './whenIdle';

/** As many as a phone shows at once, with some to spare. */
const FIRST = 6;
/** So many at a time take less than a moment, even on a slow phone. */
const STEP = 8;

/**
 * How many of a long list to draw: first what fits the window, then the rest bit by bit, so that a slow phone can be used
 * meanwhile. `key` names the list; another list begins anew.
 */
export function useInParts(count: number, key: unknown): number {
  const [drawn, setDrawn] = useState({ key, upTo: FIRST });
  const upTo = drawn.key === key ? drawn.upTo : FIRST;
  useEffect(() => (upTo < count ? onceIdle(() => setDrawn({ key, upTo: upTo + STEP }), 500) : undefined), [key, upTo, count]);
  return Math.min(upTo, count);
}
