/** Undo rather than "are you sure": a deletion waits ten seconds in the outbox before it is sent. */
import { computed } from '@preact/signals';
import { api } from '../../api/client';
import { newKey } from './add/draft';
import { discard, enqueue, flush, replace, waiting } from '../../offline/outbox';
import type { Shown, Waiting } from '../../offline/items';

/** So long a deletion can be taken back. */
const UNDO_MS = 10_000;

const isDeletion = ({ kind }: Waiting): boolean => kind === 'delete' || kind === 'photo-delete' || kind === 'diary-delete';
const undoable = (item: Waiting): boolean => isDeletion(item) && !item.attempted && item.notBefore > 0;
const subject = ({ of, place }: Waiting): string => of ?? place;

/** Places, photos and entries that are about to be deleted and can still be kept, for their lists. */
export const leaving = computed<ReadonlySet<string>>(() => new Set(waiting.value.filter(undoable).map(subject)));

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

/** A photo or a diary entry that the server has. */
export async function deletePartSoon(kind: 'photo' | 'diary', place: string, of: string, label: string): Promise<void> {
  await enqueue({ id: newKey(), kind: `${kind}-delete`, place, of, label, body: null, notBefore: Date.now() + UNDO_MS });
  void flush();
}

export async function undoDelete(id: string): Promise<void> {
  const item = waiting.value.find((one) => isDeletion(one) && subject(one) === id);
  if (item) await discard(item);
}

/** Sends what is waiting, before the person signs out. */
export async function deleteAllNow(): Promise<void> {
  for (const item of waiting.value.filter(undoable)) await replace({ ...item, notBefore: 0 });
  await flush();
}

addEventListener('pagehide', () => {
  for (const { kind, community, place, of } of waiting.value.filter(undoable)) {
    const etag = etags.get(place);
    // What does not get through is still in the outbox when the app is opened again.
    if (kind === 'photo-delete' && of) void api.photos.remove(community, place, of).catch(() => undefined);
    else if (kind === 'diary-delete' && of) void api.diary.remove(community, place, of).catch(() => undefined);
    else if (etag) void api.deletePlace(community, place, etag, true).catch(() => undefined);
  }
});
