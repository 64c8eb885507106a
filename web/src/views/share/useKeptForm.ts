import { useEffect, useRef, useState } from 'preact/hooks';
import { keepForm, keptForm } from '../../offline/keptForms';

export interface KeptForm<T> {
  value: T;
  set: (next: T) => void;
  /** Saved or given up: it starts anew, and nothing of it is kept. */
  clear: (next?: T) => void;
  /** What was written before, and not saved, is there again. */
  restored: boolean;
}

/** The state of a form that is kept on this device while it is written. `name` comes from `formName`; null keeps nothing. */
export function useKeptForm<T extends object>(name: string | null, first: T): KeptForm<T> {
  const [value, setValue] = useState(first);
  const [restored, setRestored] = useState(false);
  const touched = useRef(false);
  useEffect(() => {
    let current = true;
    if (name) {
      void keptForm<Partial<T>>(name).then((kept) => {
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
  return {
    value,
    restored,
    set: (next) => {
      touched.current = true;
      setValue(next);
      if (name) keepForm(name, next);
    },
    clear: (next = first) => {
      setValue(next);
      setRestored(false);
      if (name) keepForm(name, null);
    },
  };
}
