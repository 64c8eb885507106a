import { signal } from '@preact/signals';

/** What was just done, to be said at the top of the support's first page, and only there. */
export const said = signal<{ of: string; text: string } | null>(null);
