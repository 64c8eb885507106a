/** Who is at this device. The key is an HttpOnly cookie; the page only remembers that there is one. */
import { batch, signal } from '@preact/signals';
import { api, isAway, Problem } from '../api/client';
import type { Me } from '../api/types';
import type { Kept } from '../lib/device/table';
import { device, isLeaving, leavingName, shared } from './device';
import { promiseSignOut } from './promisedSignOut';
import { navigate } from './router';

export const me = signal<Me | null>(null);

const flagOf = (community: string): string => `stead.here.${community}`;

/** A plain yes or no, so that a visitor who never joined causes no request that must fail. */
function remember(community: string, here: boolean): void {
  try {
    // On a shared device not even that somebody was here is kept.
    if (here && !shared.value) localStorage.setItem(flagOf(community), '1');
    else localStorage.removeItem(flagOf(community));
  } catch {
    // storage is blocked: the person comes back with the code
  }
}

export function mayBeSignedIn(community: string): boolean {
  try {
    return localStorage.getItem(flagOf(community)) === '1';
  } catch {
    return false;
  }
}

/** Somebody joined just now: a page that is loaded again, or a tab that was killed, asks who is here. */
export const cameIn = (community: string): void => remember(community, true);

const keptAs = (community: string): string => `me:${community}`;

async function keepMe(community: string, person: Me): Promise<void> {
  const kept = await device();
  // Their failure costs only the use without a network. Who is here has not left.
  await Promise.all([kept.put(keptAs(community), person as unknown as Kept), kept.remove(leavingName(community))]).catch(() => undefined);
}

/** Learns who is here; `next` is the screen to open in the same moment, so that no other one shows in between. */
export async function loadMe(community: string, next?: string): Promise<Me | null> {
  try {
    const person = await api.me(community);
    remember(community, true);
    await keepMe(community, person);
    batch(() => {
      me.value = person;
      if (next) navigate(next);
    });
  } catch (reason) {
    const away = isAway(reason);
    const known = away ? await (await device()).get<Me>(keptAs(community)).catch(() => undefined) : undefined;
    if (known) {
      // No network, or the server is away: this device knows who was here, and their places.
      batch(() => {
        me.value = known;
        if (next) navigate(next);
      });
    } else if (!(reason instanceof Problem && reason.status === 401)) throw reason;
    else if (await isLeaving(community)) await (await import('../offline/leave')).haveLeft(community);
    else forget(community);
  }
  return me.value;
}

/** Somebody has joined or come back: what was promised to whoever left before is not for them. On a shared device they are promised the same. */
export function comeIn(community: string, next: string): Promise<Me | null> {
  promiseSignOut(shared.value);
  return loadMe(community, next);
}

/** Leaves, and opens the screen for those outside in the same moment. */
export function forget(community: string, next?: string): void {
  remember(community, false);
  batch(() => {
    me.value = null;
    if (next) navigate(next);
  });
}
