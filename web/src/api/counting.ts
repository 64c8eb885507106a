/** Which supports count, as every question about them is asked: by address or by body. Pure. */
import type { SupportForm, SupportQuery, SupportType } from './types';

export interface Counted {
  /** A category, or empty for every one. */
  kind: string;
  form: SupportForm | null;
  support: SupportType | null;
  free: boolean;
  /** With a low threshold. */
  low: boolean;
  /** An instant at which they are known to be open. */
  openAt?: string | null;
}

/** Only what is asked; what is not has no member. */
export function countedBody({ kind, form, support, free, low, openAt }: Counted): Pick<SupportQuery, 'type' | 'form' | 'support' | 'free' | 'low_threshold' | 'open_at'> {
  return {
    ...(kind ? { type: [kind] } : {}), ...(form ? { form: [form] } : {}), ...(support ? { support: [support] } : {}),
    ...(free ? { free } : {}), ...(low ? { low_threshold: low } : {}), ...(openAt ? { open_at: openAt } : {}),
  };
}

export const countedQuery = (counted: Counted): URLSearchParams =>
  new URLSearchParams(Object.entries(countedBody(counted)).map(([name, value]) => [name, String(value)]));
