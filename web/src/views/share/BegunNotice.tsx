import { mine } from '../../i18n/mine';
import { announce } from '../../components/LiveRegion';
import { aside, draft, isUntouched, type Draft } from './add/draft';

const open = (): Draft | null => (draft.value && !draft.value.saved && !isUntouched(draft.value) ? draft.value : null);

/** A new place that was begun and not saved. */
export const begun = (): Draft | null => open() ?? aside.value.find(({ saved }) => saved === null) ?? null;

/** What was begun is there again after a reload, and can be thrown away. */
export function BegunNotice() {
  const { place } = mine.words;
  const current = begun();
  if (!current) return null;
  const throwAway = () => {
    if (open()) draft.value = null;
    else aside.value = aside.value.filter(({ saved }) => saved !== null);
    announce(place.thrownAway);
  };
  return (
    <div class="notice row begun">
      <p>{current.name.trim() ? place.begun(current.name.trim()) : place.begunUnnamed}</p>
      <button type="button" class="button button-small" onClick={throwAway}>{place.throwAway}</button>
    </div>
  );
}
