import { useLayoutEffect, useRef } from 'preact/hooks';
import { messages } from '../../i18n';
import { kept } from '../../i18n/kept';
import { announceDeletion } from './deletions';
import type { KeptForm } from './useKeptForm';

interface RestoredNoticeProps {
  form: Pick<KeptForm<object>, 'restored' | 'thrown' | 'throwAway' | 'takeBack'>;
  /** That what was written is there again. */
  text: string;
}

/** What was written before and not saved is there again, and can be thrown away; and that can be undone for a moment. */
export function RestoredNotice({ form, text }: RestoredNoticeProps) {
  const words = kept.words;
  const pressed = useRef(false);
  const away = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes on to the one that undoes it.
    if (pressed.current) (form.restored ? away : undo).current?.focus();
    pressed.current = false;
  }, [form.restored, form.thrown]);
  return (
    <>
      {form.restored && (
        <div class="notice row">
          <p>{text}</p>
          <button ref={away} type="button" class="button button-small" onClick={() => {
            pressed.current = true;
            form.throwAway();
            announceDeletion(words.thrownAway.begun);
          }}>{words.throwAway}</button>
        </div>
      )}
      {form.thrown && (
        <div class="notice row thrown">
          <p>{words.thrownAway.begun} <span class="small muted">{words.deleting.undo}</span></p>
          <button ref={undo} type="button" class="button button-small" onClick={() => {
            pressed.current = true;
            form.takeBack();
          }}>{messages.value.undo}</button>
        </div>
      )}
    </>
  );
}
