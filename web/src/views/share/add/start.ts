import { here, navigate } from '../../../app/router';
import { draft, emptyDraft, takeUp } from './draft';

/** Goes to the first question. What was begun before and never saved is written on, not thrown away. */
export function startNewPlace(): void {
  if (!draft.value || draft.value.saved) takeUp(null, emptyDraft());
  navigate(here('share', 'add', 'where'));
}
