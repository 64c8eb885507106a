import { kept } from '../../i18n/kept';
import { mine } from '../../i18n/mine';
import type { Waiting } from '../../offline/items';
import { lately } from '../../offline/outbox';

/** Of one place, photo or entry: on this phone alone so far, or with the server since a moment ago. */
export function SendState({ id, waiting }: { id: string; waiting: Waiting | null | undefined }) {
  if (waiting) return <p class="on-phone">{mine.words.outbox.onPhone}</p>;
  return lately.value.has(id) ? <p class="is-sent">{kept.words.sent}</p> : null;
}
