import { useLayoutEffect, useRef } from 'preact/hooks';
import { here, navigate } from '../../app/router';
import { messages } from '../../i18n';
import { kept } from '../../i18n/kept';
import { mine } from '../../i18n/mine';
import { aside, draft, isUntouched, type Draft } from './add/draft';
import { takeBack, throwAway, thrown } from './add/thrownDraft';
import { announceDeletion } from './deletions';

const open = (): Draft | null => (draft.value && !draft.value.saved && !isUntouched(draft.value) ? draft.value : null);

/** A new place that was begun and not saved. */
export const begun = (): Draft | null => open() ?? aside.value.find(({ saved }) => saved === null) ?? null;

/** That it is thrown away: a new place, or the changes to a saved one. */
export const thrownWords = ({ saved }: Draft): string =>
  (saved ? kept.words.thrownAway.changes(saved.place.properties.name ?? messages.value.mine.unnamed) : kept.words.thrownAway.begun);

/** What was begun is there again after a reload, and can be thrown away; and that can be undone for a moment. */
export function BegunNotice() {
  const { place } = mine.words;
  const current = begun();
  const gone = thrown.value;
  const pressed = useRef(false);
  const away = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes on to the one that undoes it.
    if (pressed.current) (gone ? undo : away).current?.focus();
    pressed.current = false;
  }, [gone]);
  const drop = (what: Draft) => {
    pressed.current = true;
    throwAway(what);
    announceDeletion(thrownWords(what));
  };
  const keep = () => {
    pressed.current = true;
    if (takeBack()?.saved) navigate(here('share', 'add', 'check'));
  };
  return (
    <>
      {current && (
        <div class="notice row begun">
          <p>{current.name.trim() ? place.begun(current.name.trim()) : place.begunUnnamed}</p>
          <button ref={away} type="button" class="button button-small" onClick={() => drop(current)}>{place.throwAway}</button>
        </div>
      )}
      {gone && (
        <div class="notice row thrown">
          <p>{thrownWords(gone)} <span class="small muted">{kept.words.deleting.undo}</span></p>
          <button ref={undo} type="button" class="button button-small" onClick={keep}>{messages.value.undo}</button>
        </div>
      )}
    </>
  );
}
