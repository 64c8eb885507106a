import { here, navigate } from '../../../app/router';
import { draft, emptyDraft } from './draft';

/** Goes to the first question. What was begun before and never saved is written on, not thrown away. */
export function startNewPlace(): void {
  if (!draft.value || draft.value.saved) draft.value = emptyDraft();
  navigate(here('share', 'add', 'where'));
}
