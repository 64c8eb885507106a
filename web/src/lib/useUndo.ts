import { useEffect, useRef, useState } from 'preact/hooks';

/** So long a deletion can be taken back. */
export const UNDO_MS = 10_000;

export interface Undo {
  /** What is about to be deleted. */
  leaving: ReadonlySet<string>;
  removeSoon: (id: string) => void;
  undo: (id: string) => void;
}

/** Undo rather than "are you sure": a deletion waits, and is done at once when the person goes on to something else. */
export function useUndo(remove: (id: string) => void): Undo {
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const act = useRef(remove);
  act.current = remove;
  const told = () => setLeaving(new Set(timers.current.keys()));
  const finish = (id: string) => {
    clearTimeout(timers.current.get(id));
    if (timers.current.delete(id)) act.current(id);
  };
  useEffect(() => {
    const all = () => [...timers.current.keys()].forEach(finish);
    addEventListener('pagehide', all);
    return () => {
      removeEventListener('pagehide', all);
      all();
    };
  }, []);
  return {
    leaving,
    removeSoon: (id) => {
      timers.current.set(id, setTimeout(() => { finish(id); told(); }, UNDO_MS));
      told();
    },
    undo: (id) => {
      clearTimeout(timers.current.get(id));
      timers.current.delete(id);
      told();
    },
  };
}
