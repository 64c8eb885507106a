/** Who is at this device. The key is an HttpOnly cookie; the page only remembers that there is one. */
import { batch, signal } from '@preact/signals';
import { api, Problem } from '../api/client';
import type { Me } from '../api/types';
import { navigate } from './router';

export const me = signal<Me | null>(null);

const flagOf = (community: string): string => `stead.here.${community}`;

/** A plain yes or no, so that a visitor who never joined causes no request that must fail. */
function remember(community: string, here: boolean): void {
  try {
    if (here) localStorage.setItem(flagOf(community), '1');
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

/** Learns who is here; `next` is the screen to open in the same moment, so that no other one shows in between. */
export async function loadMe(community: string, next?: string): Promise<Me | null> {
  try {
    const person = await api.me(community);
    remember(community, true);
    batch(() => {
      me.value = person;
      if (next) navigate(next);
    });
  } catch (reason) {
    if (!(reason instanceof Problem && reason.status === 401)) throw reason;
    forget(community);
  }
  return me.value;
}

/** Leaves, and opens the screen for those outside in the same moment. */
export function forget(community: string, next?: string): void {
  remember(community, false);
  batch(() => {
    me.value = null;
    if (next) navigate(next);
  });
}
