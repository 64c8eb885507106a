import { formats, messages } from '../../i18n';
import { mine } from '../../i18n/mine';
import { discard, flush, halted, replace, waiting } from '../../offline/outbox';
import type { Waiting } from '../../offline/items';
import { leaving } from './deletions';

/** What is on this phone and not sent yet, and what the server would not take. Gone when everything is sent. */
export function OutboxNotice() {
  const words = mine.words.outbox;
  const items = waiting.value.filter(({ place }) => !leaving.value.has(place));
  const refused = items.filter((item) => item.refused);
  const left = items.length - refused.length;
  if (items.length === 0) return null;
  return (
    <section class="notice outbox" aria-label={words.title}>
      {left > 0 && (
        <div class="row">
          <p role="status"><strong>{words.waiting(left, formats.value.number(left))}</strong> {halted.value === 'signed-out' ? words.signedOut : halted.value ? words.noNetwork : words.sending}</p>
          <button type="button" class="button button-small" onClick={() => void flush()}>{words.retry}</button>
        </div>
      )}
      {refused.map((item) => <Refused key={item.id} item={item} />)}
    </section>
  );
}

function Refused({ item }: { item: Waiting }) {
  const words = mine.words.outbox;
  const { kind, detail } = item.refused ?? { kind: '', detail: '' };
  const stale = kind === 'stale';
  const sendAnyway = async () => {
    await replace({ ...item, refused: null, etag: null });
    await flush();
  };
  return (
    <div role="alert" class="stack-small">
      <p><strong>{words.refused(item.label)}</strong> {stale ? words.stale : detail || messages.value.problem.server}</p>
      <div class="row">
        <button type="button" class="button button-small" onClick={() => void sendAnyway()}>{stale ? words.keepMine : words.retry}</button>
        <button type="button" class="button button-small" onClick={() => void discard(item)}>{stale ? words.keepTheirs : words.dropIt}</button>
      </div>
    </div>
  );
}
