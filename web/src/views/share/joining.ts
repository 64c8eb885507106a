/** A joining whose answer may be lost: the key by which the same one is asked for again, until the code has been shown. */
import { shared } from '../../app/device';
import { newKey } from '../../lib/newKey';

const nameOf = (community: string): string => `stead.joining.${community}`;

/** On a shared device, or where nothing can be stored, keys live as long as the page. */
const here = new Map<string, string>();

function stored(community: string): string | null {
  try {
    return localStorage.getItem(nameOf(community));
  } catch {
    return null; // storage is blocked
  }
}

export function joiningKey(community: string): string {
  const key = here.get(community) ?? stored(community) ?? newKey();
  here.set(community, key);
  try {
    if (!shared.value) localStorage.setItem(nameOf(community), key);
  } catch {
    // storage is blocked: the key lives as long as the page
  }
  return key;
}

/** Whether somebody was about to join here and has not seen their code yet. */
export const isJoining = (community: string): boolean => here.has(community) || stored(community) !== null;

/** The code is on the screen, or the key is of no use any more. */
export function endJoining(community: string): void {
  here.delete(community);
  try {
    localStorage.removeItem(nameOf(community));
  } catch {
    // storage is blocked: there is nothing in it
  }
}
