/** One thing from the outbox to the server, and what came of it. */
import { api, Problem, Unreachable } from '../api/client';
import type { DiaryEntry, DiaryWords, Photo, PhotoWords } from '../api/types';
import type { Bytes } from '../lib/device/seal';
import { isNew, sameContent, sameEntry, type PlaceBody, type Waiting } from './items';

export type Outcome =
  /** With what the server made of it: the id of a new place, a new photo or entry. */
  | { kind: 'done'; place?: string; part?: Photo | DiaryEntry }
  | { kind: 'refused'; problem: NonNullable<Waiting['refused']> }
  | { kind: 'later'; why: 'unreachable' | 'signed-out'; untouched: boolean };

const DONE: Outcome = { kind: 'done' };

/** Clocks of phones go wrong: what was added within this time of the first attempt may be ours. */
const CLOCKS_MS = 24 * 3600 * 1000;

export async function deliver(item: Waiting, bytes: () => Promise<Bytes | undefined>): Promise<Outcome> {
  try {
    return await send(item, bytes);
  } catch (reason) {
    if (reason instanceof Unreachable) return { kind: 'later', why: 'unreachable', untouched: false };
    if (!(reason instanceof Problem)) throw reason;
    if (reason.status === 401) return { kind: 'later', why: 'signed-out', untouched: true };
    if (reason.status >= 500 || reason.status === 429) return { kind: 'later', why: 'unreachable', untouched: reason.status === 503 || reason.status === 429 };
    return { kind: 'refused', problem: { kind: reason.kind, detail: reason.detail, field: reason.field } };
  }
}

async function send(item: Waiting, bytes: () => Promise<Bytes | undefined>): Promise<Outcome> {
  const { community, kind, place, id } = item;
  const of = item.of ?? '';
  if (kind !== 'add' && kind !== 'retract' && isNew(place)) throw new Problem(422, 'invalid', '', null); // its place was never kept
  switch (kind) {
    case 'add': return { kind: 'done', place: (await api.addPlace(community, item.body as PlaceBody, id)).id };
    case 'change': return change(item, item.body as PlaceBody);
    case 'delete': return remove(community, place);
    case 'retract': return retract(item, item.body as PlaceBody);
    case 'photo': {
      const photo = await bytes();
      const made = photo && await api.photos.add(community, place, photo, item.media ?? 'image/jpeg', (item.body ?? {}) as Partial<PhotoWords>, id);
      return made ? { kind: 'done', part: made } : DONE;
    }
    case 'photo-change': return done(api.photos.change(community, place, of, item.body as PhotoWords));
    case 'photo-delete': return done(unlessGone(api.photos.remove(community, place, of)));
    case 'photo-retract': return retractPhoto(item, await bytes());
    case 'diary': return writeEntry(item, item.body as DiaryWords);
    case 'diary-change': return done(api.diary.change(community, place, of, item.body as DiaryWords));
    case 'diary-delete': return done(unlessGone(api.diary.remove(community, place, of)));
    case 'diary-retract': return retractEntry(item, item.body as DiaryWords);
  }
}

const done = async (sending: Promise<unknown>): Promise<Outcome> => {
  await sending;
  return DONE;
};

/** Gone already is what was wanted. */
async function unlessGone(deletion: Promise<void>): Promise<void> {
  try {
    await deletion;
  } catch (reason) {
    if (!(reason instanceof Problem && reason.status === 404)) throw reason;
  }
}

async function change({ community, place, etag, attempted }: Waiting, body: PlaceBody): Promise<Outcome> {
  try {
    const tag = etag ?? (await api.place(community, place)).etag ?? '';
    await api.changePlace(community, place, body, tag);
  } catch (reason) {
    const stale = reason instanceof Problem && reason.status === 412;
    // The answer to an earlier attempt may have been lost: what is there may be ours.
    if (!(stale && attempted && sameContent(body, (await api.place(community, place)).body))) throw reason;
  }
  return DONE;
}

const remove = (community: string, place: string): Promise<Outcome> => done(unlessGone(api.deletePlace(community, place)));

/** The entry was written on after it was sent: the server gives back the first version for the same key, and is told the new one. */
async function writeEntry({ community, place, id }: Waiting, entry: DiaryWords): Promise<Outcome> {
  const kept = await api.diary.add(community, place, entry, id);
  return { kind: 'done', part: sameEntry(kept, entry) ? kept : await api.diary.change(community, place, kept.id, entry) };
}

/** Whether the server may have kept it at an attempt that was never answered. */
const mayBeOurs = ({ at }: Waiting, created: string): boolean => Math.abs(Date.parse(created) - Date.parse(at)) < CLOCKS_MS;

/** A sending that is refused so was refused before, too. A place that is refused for its consent may have been kept under an earlier one: that is told. */
const NEVER_KEPT = ['limit-reached'];

/** What the server made of this very sending: sent again with its key, it is told, not made anew. Null where it never was, or is gone. */
async function replayed<T>(sending: Promise<T>): Promise<T | null> {
  try {
    return await sending;
  } catch (reason) {
    if (reason instanceof Problem && ([404, 409, 413].includes(reason.status) || NEVER_KEPT.includes(reason.kind))) return null;
    throw reason;
  }
}

/**
 * Somebody took a place back whose first sending was never answered. Where nothing was added since, it never arrived, and nothing more is
 * sent of it; otherwise the key tells which one it is, so that no other place that says the same goes with it.
 */
async function retract(item: Waiting, body: PlaceBody): Promise<Outcome> {
  const { community, id } = item;
  const added = (await api.places(community)).features.filter(({ properties }) => mayBeOurs(item, properties.created_at));
  if (added.length === 0) return DONE;
  const ours = await replayed(api.addPlace(community, body, id));
  return ours ? remove(community, ours.id) : DONE;
}

async function retractPhoto(item: Waiting, bytes: Bytes | undefined): Promise<Outcome> {
  const { community, place, id } = item;
  const kept = await replayed(api.photos.list(community, place));
  if (!bytes || !kept?.photos.some(({ created_at }) => mayBeOurs(item, created_at))) return DONE;
  const ours = await replayed(api.photos.add(community, place, bytes, item.media ?? 'image/jpeg', {}, id));
  return ours ? done(unlessGone(api.photos.remove(community, place, ours.id))) : DONE;
}

async function retractEntry(item: Waiting, entry: DiaryWords): Promise<Outcome> {
  const { community, place, id } = item;
  const kept = await replayed(api.diary.list(community, place));
  if (!kept?.entries.some(({ created_at }) => mayBeOurs(item, created_at))) return DONE;
  const ours = await replayed(api.diary.add(community, place, entry, id));
  return ours ? done(unlessGone(api.diary.remove(community, place, ours.id))) : DONE;
}
