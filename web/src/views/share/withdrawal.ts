import { signal } from '@preact/signals';

/** What a person is told on leaving. Without a secure connection a lost receipt cannot be worked out again. */
export interface Receipt {
  receipt: string | null;
  places_removed: number;
  backups_gone_by: string;
}

/** It lives in this page only; loading it again shows the first page. */
export const withdrawal = signal<Receipt | null>(null);
