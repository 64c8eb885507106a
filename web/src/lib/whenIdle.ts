/** Does what can wait once the page has nothing more urgent to do, within so many milliseconds; what is returned calls it off. */
export function onceIdle(task: () => void, within: number): () => void {
  if ('requestIdleCallback' in globalThis) {
    const asked = requestIdleCallback(task, { timeout: within });
    return () => cancelIdleCallback(asked);
  }
  // Safari has no idle callbacks.
  const timer = setTimeout(task, within / 16);
  return () => clearTimeout(timer);
}

/** Waits until the page has nothing more urgent to do; two seconds at most. */
export const whenIdle = (): Promise<void> => new Promise((resolve) => void onceIdle(resolve, 2000));
