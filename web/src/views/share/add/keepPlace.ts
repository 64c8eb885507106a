/** Saving: first on this device, then with the server. */
import { openCommunity } from '../../../app/community';
import { isNew, type Waiting } from '../../../offline/items';
import { enqueue, flush, replace, waiting } from '../../../offline/outbox';
import { messages } from '../../../i18n';
import { requestOf, type Draft } from './draft';

/** Longer than this nobody is left waiting before a full outbox: it goes on being sent behind the next screen. */
const PATIENCE_MS = 6_000;

export async function keepPlace(current: Draft): Promise<Waiting> {
  const body = await requestOf(current, openCommunity().questions?.items ?? []);
  const label = current.name.trim() || messages.value.mine.unnamed;
  if (!current.saved) return enqueue({ id: current.key, kind: 'add', place: '', label, body });
  const place = current.saved.id;
  const before = waiting.value.find((item) => (item.kind === 'add' || item.kind === 'change') && (isNew(place) ? `new:${item.id}` === place : item.place === place));
  if (before && !before.attempted) {
    // Not sent yet: what waits is written anew.
    const item = { ...before, body, label, refused: null };
    await replace(item);
    return item;
  }
  // After something of the same place that may be there already, the newest version is asked for when its turn comes.
  return enqueue({ id: current.key, kind: 'change', place, label, body, etag: before || isNew(place) ? null : current.saved.etag || null });
}

/** Waits for the server for a moment; null when it has it, otherwise what still waits here. */
export async function settled({ id }: Waiting): Promise<Waiting | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([flush(), new Promise((done) => (timer = setTimeout(done, PATIENCE_MS)))]);
  clearTimeout(timer);
  return waiting.value.find((item) => item.id === id) ?? null;
}
