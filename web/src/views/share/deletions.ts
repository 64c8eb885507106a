/** Undo rather than "are you sure": a deletion waits ten seconds on this device before it is sent. */
import { signal } from '@preact/signals';
import { api } from '../../api/client';
import type { Place } from '../../api/types';

export const UNDO_MS = 10_000;

interface Waiting {
  community: string;
  place: Place;
  /** Asked for at once, so that the deletion can still be sent while the page closes. */
  etag: string | null;
  timer: ReturnType<typeof setTimeout>;
  gone: () => void;
}

const waiting = new Map<string, Waiting>();

/** Places that are about to be deleted, for the list. */
export const leaving = signal<ReadonlySet<string>>(new Set());
/** The last failure, so that the list can say that a place is still there. */
export const deletionProblem = signal<unknown>(null);

const tell = (): void => void (leaving.value = new Set(waiting.keys()));

export function deleteSoon(community: string, place: Place, gone: () => void): void {
  deletionProblem.value = null;
  const timer = setTimeout(() => void deleteNow(place.id), UNDO_MS);
  const entry: Waiting = { community, place, etag: null, timer, gone };
  waiting.set(place.id, entry);
  tell();
  // A failure here shows itself again when the deletion is sent.
  api.place(community, place.id).then((answer) => void (entry.etag = answer.etag), () => undefined);
}

export function undoDelete(id: string): void {
  const entry = waiting.get(id);
  if (entry) clearTimeout(entry.timer);
  waiting.delete(id);
  tell();
}

async function deleteNow(id: string): Promise<void> {
  const entry = waiting.get(id);
  if (!entry) return;
  clearTimeout(entry.timer);
  try {
    const etag = entry.etag ?? (await api.place(entry.community, id)).etag ?? '';
    await api.deletePlace(entry.community, id, etag);
    entry.gone();
  } catch (reason) {
    deletionProblem.value = reason;
  }
  waiting.delete(id);
  tell();
}

/** Sends what is waiting, before the person signs out. */
export async function deleteAllNow(): Promise<void> {
  await Promise.all([...waiting.keys()].map(deleteNow));
}

addEventListener('pagehide', () => {
  for (const [id, { community, etag, timer }] of waiting) {
    clearTimeout(timer);
    if (etag) void api.deletePlace(community, id, etag, true).catch(() => undefined);
  }
  waiting.clear();
});
