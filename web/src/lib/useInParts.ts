import { useEffect, useState } from 'preact/hooks';

/** As many as a phone shows at once, with some to spare. */
const FIRST = 6;
/** So many at a time take less than a moment, even on a slow phone. */
const STEP = 8;

/** What comes next once the browser has nothing better to do; in browsers that cannot say, soon. */
function whenIdle(task: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = requestIdleCallback(task, { timeout: 500 });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(task, 30);
  return () => clearTimeout(timer);
}

/**
 * How many of a long list to draw: first what fits the window, then the rest bit by bit, so that a slow phone can be used
 * meanwhile. `key` names the list; another list begins anew.
 */
export function useInParts(count: number, key: unknown): number {
  const [drawn, setDrawn] = useState({ key, upTo: FIRST });
  const upTo = drawn.key === key ? drawn.upTo : FIRST;
  useEffect(() => (upTo < count ? whenIdle(() => setDrawn({ key, upTo: upTo + STEP })) : undefined), [key, upTo, count]);
  return Math.min(upTo, count);
}
