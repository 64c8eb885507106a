import { mine } from '../../i18n/mine';
import { announce } from '../../components/LiveRegion';
import { draft, isUntouched, type Draft } from './add/draft';

/** A new place that was begun and not saved. */
export const begun = (): Draft | null => (draft.value && !draft.value.saved && !isUntouched(draft.value) ? draft.value : null);

/** What was begun is there again after a reload, and can be thrown away. */
export function BegunNotice() {
  const { place } = mine.words;
  const current = begun();
  if (!current) return null;
  return (
    <div class="notice row begun">
      <p>{current.name.trim() ? place.begun(current.name.trim()) : place.begunUnnamed}</p>
      <button type="button" class="button button-small" onClick={() => { draft.value = null; announce(place.thrownAway); }}>{place.throwAway}</button>
    </div>
  );
}
