import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Load<T> {
  value: T | null;
  reason: unknown;
  again: () => void;
}

/** Runs a request when its inputs change; an answer that comes too late is dropped. */
export function useLoad<T>(request: () => Promise<T>, inputs: readonly unknown[]): Load<T> {
  const [state, setState] = useState<{ value: T | null; reason: unknown }>({ value: null, reason: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    // Only where there is something to take back: drawing the whole page once more for nothing is felt on a cheap phone.
    setState((before) => (before.reason === null ? before : { value: before.value, reason: null }));
    request().then(
      (value) => current && setState({ value, reason: null }),
      (reason: unknown) => current && setState({ value: null, reason }),
    );
    return () => {
      current = false;
    };
  }, [...inputs, attempt]);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  return { ...state, again };
}
