/** Undo rather than "are you sure", for what was begun and not saved: it can be had back for as long as what is deleted. */
import { signal } from '@preact/signals';
import { UNDO_MS } from '../deletions';
import { aside, draft, isUntouched, takeUp, type Draft } from './draft';

/** What was thrown away a moment ago; it is nowhere but on this page. */
export const thrown = signal<Draft | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

export function throwAway(gone: Draft): void {
  if (draft.value === gone) draft.value = null;
  else aside.value = aside.value.filter((one) => one !== gone);
  thrown.value = gone;
  clearTimeout(timer);
  timer = setTimeout(() => (thrown.value = null), UNDO_MS);
}

/** It is there again as it was; a place that was begun meanwhile stays, too. */
export function takeBack(): Draft | null {
  const gone = thrown.value;
  thrown.value = null;
  if (gone?.saved) takeUp(gone.saved.id, gone);
  else if (gone && (!draft.value || isUntouched(draft.value))) draft.value = gone;
  else if (gone) aside.value = [...aside.value, gone];
  return gone;
}
