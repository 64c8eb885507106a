import { useState } from 'preact/hooks';
import { Problem } from '../../api/client';
import { fieldOf } from './draft';

export interface Wrong {
  field: string;
  detail: string;
}

export interface Saving {
  busy: boolean;
  /** The field that the server does not take. */
  wrong: Wrong | null;
  reason: unknown;
  /** `stale` is asked when somebody else was faster. */
  /** The field was changed: what was wrong with it is not any more what stands there. */
  touched: (fields: readonly string[]) => void;
  save: (work: () => Promise<void>, stale?: () => Promise<void>) => Promise<void>;
}

/** One save at a time, and what the server said to it. */
export function useSaving(): Saving {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const attempt = async (work: () => Promise<void>, stale?: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (failure) {
      if (failure instanceof Problem && failure.kind === 'stale' && stale) await attempt(stale);
      else if (failure instanceof Problem && failure.status === 422 && failure.field) setWrong({ field: fieldOf(failure.field), detail: failure.detail });
      else setReason(failure);
    }
  };
  const save: Saving['save'] = async (work, stale) => {
    if (busy) return;
    setBusy(true);
    setWrong(null);
    setReason(null);
    await attempt(work, stale);
    setBusy(false);
  };
  const touched = (fields: readonly string[]) => setWrong((before) => (before && fields.includes(before.field) ? null : before));
  return { busy, wrong, reason, touched, save };
}
