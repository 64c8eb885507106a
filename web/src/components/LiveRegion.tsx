import { signal } from '@preact/signals';

const spoken = signal('');

/** Says something to screen readers without moving anything. */
export function announce(text: string): void {
  // The same words twice in a row would not be read again; a trailing space makes them new.
  spoken.value = spoken.value === text ? `${text}\u00a0` : text;
}

export function LiveRegion() {
  return <div class="visually-hidden" role="status" aria-live="polite">{spoken.value}</div>;
}
