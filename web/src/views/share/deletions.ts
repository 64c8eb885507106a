/**
 * Undo rather than "are you sure": a deletion waits ten seconds in the outbox before it is sent, and so long what was never sent waits
 * for its end. Whoever closes the page meanwhile may never open it again, and wanted it deleted: then it is sent at once, and the next
 * page says so instead of offering to undo it.
 */
import { computed } from '@preact/signals';
import { api } from '../../api/client';
import { shared } from '../../app/device';
import { announce } from '../../components/LiveRegion';
import { formats } from '../../i18n';
import { kept } from '../../i18n/kept';
import { newKey } from '../../lib/newKey';
import { discard, enqueue, flush, replace, waiting } from '../../offline/outbox';
import { placeOfNew, type Shown, type Waiting } from '../../offline/items';
import { said } from './said';

/** So long a deletion can be taken back. */
export const UNDO_MS = 10_000;

const isDeletion = ({ kind }: Waiting): boolean => kind === 'delete' || kind === 'photo-delete' || kind === 'diary-delete';
const undoable = (item: Waiting): boolean => isDeletion(item) && !item.attempted && item.notBefore > 0;
/** Something new that the server does not have: it waits for its end instead of being sent. */
const isGoing = ({ leavesAt }: Waiting): boolean => Boolean(leavesAt);
const subject = ({ kind, id, of, place }: Waiting): string => (kind === 'add' ? placeOfNew(id) : of ?? (isPart(kind) ? id : place));
const isPart = (kind: Waiting['kind']): boolean => kind === 'photo' || kind === 'diary';

/** Places, photos and entries that are about to be deleted and can still be kept, for their lists. */
export const leaving = computed<ReadonlySet<string>>(() => new Set(waiting.value.filter((item) => undoable(item) || isGoing(item)).map(subject)));

/** What waits, without the deletions that can still be undone: for lists in which those stay in their place. */
export const asIfStaying = (items: readonly Waiting[]): Waiting[] =>
  items.filter(({ place }) => !leaving.value.has(place)).map((item) => (isGoing(item) ? { ...item, leavesAt: null } : item));

/** What the person just pressed "Delete" at: their focus goes on to "Undo". */
let pressed: string | null = null;
export function justDeleted(id: string): boolean {
  const is = pressed === id;
  if (is) pressed = null;
  return is;
}

/** What is said aloud when something is deleted: what goes, what cannot be called back, and that it can be undone. */
export const announceDeletion = (...sentences: string[]): void => announce([...sentences, kept.words.deleting.undo].join(' '));

/** It never reached the server for all we know, and is not to from now on. */
export async function dropSoon(unsent: Waiting): Promise<void> {
  pressed = subject(unsent);
  const newest = waiting.value.find(({ id }) => id === unsent.id) ?? unsent;
  await replace({ ...newest, leavesAt: Date.now() + UNDO_MS });
  void flush();
}

export async function deleteSoon({ id, properties, waiting: unsent }: Shown, unnamed: string): Promise<void> {
  if (unsent?.kind === 'add') return dropSoon(unsent);
  pressed = id;
  await enqueue({ id: newKey(), kind: 'delete', place: id, label: properties.name ?? unnamed, body: null, notBefore: Date.now() + UNDO_MS });
  void flush();
}

/** A photo or a diary entry that the server has. */
export async function deletePartSoon(kind: 'photo' | 'diary', place: string, of: string, label: string): Promise<void> {
  pressed = of;
  await enqueue({ id: newKey(), kind: `${kind}-delete`, place, of, label, body: null, notBefore: Date.now() + UNDO_MS });
  void flush();
}

export async function undoDelete(id: string): Promise<void> {
  const item = waiting.value.find((one) => (isDeletion(one) || isGoing(one)) && subject(one) === id);
  if (!item) return;
  if (isDeletion(item)) return discard(item);
  await replace({ ...item, leavesAt: null });
  void flush();
}

/** Sends what is waiting, before the person signs out. */
export async function deleteAllNow(): Promise<void> {
  for (const item of waiting.value.filter(isGoing)) await discard(item);
  for (const item of waiting.value.filter(undoable)) await replace({ ...item, notBefore: 0 });
  await flush();
}

/** Under this name the next page finds which deletions were sent while this one closed: their keys, nothing of what they deleted. */
const SENT_ON_LEAVING = 'stead.deleted';

addEventListener('pagehide', () => {
  // Without a network nothing is sent: it waits, and can still be undone when the app is opened again.
  const sending = navigator.onLine ? waiting.value.filter(undoable) : [];
  if (sending.length === 0) return;
  for (const { kind, community, place, of } of sending) {
    const deletion = kind === 'photo-delete' && of ? api.photos.remove(community, place, of)
      : kind === 'diary-delete' && of ? api.diary.remove(community, place, of)
        : api.deletePlace(community, place);
    // What does not get through is still in the outbox when the app is opened again.
    deletion.catch(() => undefined);
  }
  try {
    // A shared device keeps nothing, and signs out with the page.
    if (!shared.value) localStorage.setItem(SENT_ON_LEAVING, JSON.stringify(sending.map(({ id }) => id)));
  } catch {
    // storage is blocked: what is gone stays gone, only without a word
  }
});

/** After the outbox was read: what the page sent when it closed cannot be undone any more, and is said to be gone. */
export async function deletedOnLeaving(): Promise<void> {
  let ids: unknown;
  try {
    ids = JSON.parse(localStorage.getItem(SENT_ON_LEAVING) ?? '[]');
    localStorage.removeItem(SENT_ON_LEAVING);
  } catch {
    return; // storage is blocked
  }
  const gone = waiting.value.filter((item) => undoable(item) && Array.isArray(ids) && ids.includes(item.id));
  if (gone.length === 0) return;
  for (const item of gone) await replace({ ...item, notBefore: 0 });
  said.value = kept.words.deleting.onLeaving(formats.value.list(gone.map(({ label }) => label)));
  void flush();
}

// The browser may show the very page again that was left.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void deletedOnLeaving();
});
