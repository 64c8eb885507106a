import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { messages } from '../../i18n';
import { kept } from '../../i18n/kept';
import { justDeleted, undoDelete } from './deletions';

/** A place, a photo or a day that is being deleted, in its place in the list, while that can still be undone. */
export function LeavingItem({ id, children }: { id: string; children: ComponentChildren }) {
  const item = useRef<HTMLLIElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone: whoever uses the keyboard goes on from here.
    if (justDeleted(id)) undo.current?.focus();
    const list = item.current?.parentElement;
    const at = [...(list?.children ?? [])].indexOf(item.current as Element);
    return () => {
      if (document.activeElement !== undo.current) return;
      // Kept or gone for good: on with what stands here then, and at the end of the list with its last one.
      requestAnimationFrame(() => (list?.isConnected ? [...list.children].slice(0, at + 1).at(-1)?.querySelector<HTMLElement>('button, a') : null)?.focus());
    };
  }, []);
  return (
    <li ref={item} class="notice row leaving">
      <span>{children} <span class="small muted">{kept.words.deleting.undo}</span></span>
      <button ref={undo} type="button" class="button" onClick={() => void undoDelete(id)}>{messages.value.undo}</button>
    </li>
  );
}
