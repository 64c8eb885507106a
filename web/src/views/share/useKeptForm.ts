import { useEffect, useRef, useState } from 'preact/hooks';
import { keepForm } from '../../offline/keptForms';
import { keptState } from '../../offline/lastState';
import { UNDO_MS } from './deletions';

export interface KeptForm<T> {
  value: T;
  set: (next: T) => void;
  /** Saved or given up: it starts anew, and nothing of it is kept. */
  clear: (next?: T) => void;
  /** What was written before, and not saved, is there again. */
  restored: boolean;
  /** Undo rather than "are you sure": for a moment it can be had back, from nowhere but this page. */
  throwAway: () => void;
  takeBack: () => void;
  /** Something was thrown away a moment ago. */
  thrown: boolean;
}

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The state of a form that is kept on this device while it is written. `name` comes from `formName`; null keeps nothing. */
export function useKeptForm<T extends object>(name: string | null, first: T): KeptForm<T> {
  const [value, setValue] = useState(first);
  const [restored, setRestored] = useState(false);
  const [thrown, setThrown] = useState<T | null>(null);
  const touched = useRef(false);
  useEffect(() => {
    if (thrown === null) return undefined;
    const timer = setTimeout(() => setThrown(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [thrown]);
  useEffect(() => {
    let current = true;
    if (name) {
      void keptState<Partial<T>>(name).then((kept) => {
        // Who is faster than the device is writing already: theirs stays.
        if (!current || !kept || touched.current) return;
        setValue({ ...first, ...kept });
        setRestored(true);
      });
    }
    return () => {
      current = false;
    };
  }, [name]);
  const set = (next: T) => {
    touched.current = true;
    setValue(next);
    if (name) keepForm(name, next);
  };
  const clear = (next = first) => {
    setValue(next);
    setRestored(false);
    if (name) keepForm(name, null);
  };
  return {
    value,
    restored,
    set,
    clear,
    throwAway: () => {
      setThrown(value);
      clear();
    },
    takeBack: () => {
      if (thrown === null) return;
      // What was written meanwhile gives way to it, and can be had back in turn.
      setThrown(same(value, first) ? null : value);
      set(thrown);
      setRestored(true);
    },
    thrown: thrown !== null,
  };
}
