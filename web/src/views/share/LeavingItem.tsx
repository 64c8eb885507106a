import type { ComponentChildren } from 'preact';
import { messages } from '../../i18n';
import { kept } from '../../i18n/kept';
import { undoDelete } from './deletions';

/** A place, a photo or a day that is being deleted, in its place in the list, while that can still be undone. */
export function LeavingItem({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <li class="notice row leaving">
      <span>{children} <span class="small muted">{kept.words.deleting.undo}</span></span>
      <button type="button" class="button" onClick={() => void undoDelete(id)}>{messages.value.undo}</button>
    </li>
  );
}
