import { signal } from '@preact/signals';

/** Shown once and then forgotten; never stored. */
export const returnCode = signal<string | null>(null);
