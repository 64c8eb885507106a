/** Undo rather than "are you sure": a deletion waits ten seconds in the outbox before it is sent. */
import { computed } from '@preact/signals';
import { api } from '../../api/client';
import { newKey } from './add/draft';
import { UNDO_MS } from '../../lib/useUndo';
import { discard, enqueue, flush, replace, waiting } from '../../offline/outbox';
import type { Shown, Waiting } from '../../offline/items';

const isDeletion = ({ kind }: Waiting): boolean => kind === 'delete';
const undoable = (item: Waiting): boolean => isDeletion(item) && !item.attempted && item.notBefore > 0;

/** Places that are about to be deleted and can still be kept, for the list. */
export const leaving = computed<ReadonlySet<string>>(() => new Set(waiting.value.filter(undoable).map(({ place }) => place)));

/** The version of each, asked for at once, so that the deletion can still be sent while the page closes. */
const etags = new Map<string, string>();

export async function deleteSoon({ id, properties, waiting: unsent }: Shown, unnamed: string): Promise<void> {
  if (unsent?.kind === 'add') {
    // It was never acknowledged: nothing of it is to reach the server any more.
    return discard(unsent).then(() => flush());
  }
  const item = await enqueue({ id: newKey(), kind: 'delete', place: id, label: properties.name ?? unnamed, body: null, notBefore: Date.now() + UNDO_MS });
  void flush();
  api.place(item.community, id).then(({ etag }) => etag && etags.set(id, etag), () => undefined);
}

export async function undoDelete(place: string): Promise<void> {
  const item = waiting.value.find((one) => isDeletion(one) && one.place === place);
  if (item) await discard(item);
}

/** Sends what is waiting, before the person signs out. */
export async function deleteAllNow(): Promise<void> {
  for (const item of waiting.value.filter(undoable)) await replace({ ...item, notBefore: 0 });
  await flush();
}

addEventListener('pagehide', () => {
  for (const { community, place } of waiting.value.filter(undoable)) {
    const etag = etags.get(place);
    // What does not get through is still in the outbox when the app is opened again.
    if (etag) void api.deletePlace(community, place, etag, true).catch(() => undefined);
  }
});
