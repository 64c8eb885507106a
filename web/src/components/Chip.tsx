import type { ComponentChildren } from 'preact';

/** A filter that is on or off. */
export function Chip({ on, toggle, children }: { on: boolean; toggle: () => void; children: ComponentChildren }) {
  return <button type="button" class="chip" aria-pressed={on} onClick={toggle}>{children}</button>;
}
