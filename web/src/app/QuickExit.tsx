import { messages } from '../i18n';
import { leaveQuickly } from './leaveQuickly';

/** In the header, and in a dialog that puts the header out of reach. */
export function QuickExit() {
  return (
    <button type="button" class="quick-exit" onClick={leaveQuickly}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" /></svg>
      <span>{messages.value.header.exit}</span>
    </button>
  );
}
