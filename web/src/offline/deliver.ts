/** One thing from the outbox to the server, and what came of it. */
import { api, Problem, Unreachable } from '../api/client';
import type { Place } from '../api/types';
import type { Bytes } from '../lib/device/seal';
import { isNew, sameContent, type PlaceBody, type Waiting } from './items';

export type Outcome =
  | { kind: 'done'; place?: string }
  | { kind: 'refused'; problem: NonNullable<Waiting['refused']> }
  | { kind: 'later'; why: 'unreachable' | 'signed-out'; untouched: boolean };

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
  const body = item.body as PlaceBody;
  if (kind !== 'add' && kind !== 'retract' && isNew(place)) throw new Problem(422, 'invalid', '', null); // its place was never kept
  switch (kind) {
    case 'add': return { kind: 'done', place: (await api.addPlace(community, body, id)).id };
    case 'change': return change(item, body);
    case 'delete': return remove(community, place);
    case 'retract': return retract(item, body);
    case 'photo': {
      const photo = await bytes();
      if (photo) await api.photos.add(community, place, photo, item.media ?? 'image/jpeg', (item.body ?? {}) as Parameters<typeof api.photos.add>[4], id);
      return { kind: 'done' };
    }
    case 'diary':
      await api.diary.add(community, place, item.body as unknown as Parameters<typeof api.diary.add>[2], id);
      return { kind: 'done' };
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
  return { kind: 'done' };
}

async function remove(community: string, place: string): Promise<Outcome> {
  try {
    const { etag } = await api.place(community, place);
    await api.deletePlace(community, place, etag ?? '');
  } catch (reason) {
    if (!(reason instanceof Problem && reason.status === 404)) throw reason; // gone already: what was wanted
  }
  return { kind: 'done' };
}

/** Somebody took a place back whose first sending was never answered. It is looked for, not sent again. */
async function retract({ community, at }: Waiting, body: PlaceBody): Promise<Outcome> {
  const ours = ({ properties, ...rest }: Place): boolean =>
    Math.abs(Date.parse(properties.created_at) - Date.parse(at)) < CLOCKS_MS && sameContent(body, { properties, ...rest });
  for (const place of (await api.places(community)).features.filter(ours)) await remove(community, place.id);
  return { kind: 'done' };
}
