import { api, isAway } from '../api/client';

/** The name under which this device remembers that somebody left without a network. */
export const SIGN_OUT_LATER = 'stead.leave';

/** The next page that is opened signs out first, whatever became of this one. */
export function promiseSignOut(on: boolean): void {
  try {
    if (on) localStorage.setItem(SIGN_OUT_LATER, '1');
    else localStorage.removeItem(SIGN_OUT_LATER);
  } catch {
    // storage is blocked: nothing reminds us
  }
}

/** What a person asked for while there was no network. Before anything else is asked of the server. */
export async function signOutIfPromised(): Promise<void> {
  try {
    if (localStorage.getItem(SIGN_OUT_LATER) !== '1') return;
    await api.signOut().catch((reason: unknown) => {
      if (isAway(reason)) throw reason;
    });
    localStorage.removeItem(SIGN_OUT_LATER);
  } catch {
    // still no network, the server is away, or storage is blocked
  }
}
