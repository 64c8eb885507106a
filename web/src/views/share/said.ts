import { signal } from '@preact/signals';

/** What just happened, to be said at the top of the next screen, and only there. */
export const said = signal<string | null>(null);
