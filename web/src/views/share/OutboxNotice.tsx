import { useState } from 'preact/hooks';
import { here, navigate } from '../../app/router';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { kept } from '../../i18n/kept';
import { mine } from '../../i18n/mine';
import { discard, flush, halted, replace, waiting } from '../../offline/outbox';
import { placeOfNew, type Waiting } from '../../offline/items';
import { editAgain } from './editPlace';
import { leaving } from './deletions';
import { refusalWords } from './refusals';

/** What is on this phone and not sent yet, and what the server would not take. Gone when everything is sent. */
export function OutboxNotice() {
  const words = mine.words.outbox;
  const items = waiting.value.filter(({ place, of, leavesAt }) => !leavesAt && !leaving.value.has(place) && !(of && leaving.value.has(of)));
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

/** Where a refused item can be looked at and changed; null for what has no form of its own. */
function opening(item: Waiting): (() => Promise<void>) | null {
  switch (item.kind) {
    case 'add': return () => editAgain(placeOfNew(item.id));
    case 'change': return () => editAgain(item.place);
    case 'photo':
    case 'photo-change': return async () => navigate(here('share', 'photos', item.place));
    case 'diary':
    case 'diary-change': return async () => navigate(here('share', 'diary', item.place));
    default: return null;
  }
}

function Refused({ item }: { item: Waiting }) {
  const words = mine.words.outbox;
  const [failure, setFailure] = useState<unknown>(null);
  const { refused } = item;
  if (!refused) return null;
  const stale = refused.kind === 'stale';
  const open = opening(item);
  const sendAnyway = async () => {
    await replace({ ...item, refused: null, etag: null });
    await flush();
  };
  return (
    <div role="alert" class="stack-small">
      <p><strong>{words.refused(item.label)}</strong> {refusalWords(item.kind, refused)}</p>
      <div class="row">
        {open && !stale && <button type="button" class="button button-small" onClick={() => void open().catch(setFailure)}>{kept.words.open}</button>}
        <button type="button" class="button button-small" onClick={() => void sendAnyway()}>{stale ? words.keepMine : words.retry}</button>
        <button type="button" class="button button-small" onClick={() => void discard(item).then(() => flush())}>{stale ? words.keepTheirs : words.dropIt}</button>
      </div>
      {failure !== null && <ProblemNotice reason={failure} />}
    </div>
  );
}
