/** Who of the staff is at this device. The key is an HttpOnly cookie; the page remembers that there is one. */
import { signal } from '@preact/signals';
import { api, Problem } from '../../api/client';
import type { StaffPerson } from '../../api/types';

const FLAG = 'stead.staff';

export const person = signal<StaffPerson | null>(null);

function remember(here: boolean): void {
  try {
    if (here) localStorage.setItem(FLAG, '1');
    else localStorage.removeItem(FLAG);
  } catch {
    // storage is blocked: the person signs in again
  }
}

function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(FLAG) === '1';
  } catch {
    return false;
  }
}

export async function loadPerson(): Promise<void> {
  if (!mayBeSignedIn()) return;
  await arrived();
}

/** After a sign-in. */
export async function arrived(): Promise<void> {
  try {
    person.value = await api.staff.me();
    remember(true);
  } catch (reason) {
    if (!(reason instanceof Problem && reason.status === 401)) throw reason;
    left();
  }
}

export function left(): void {
  remember(false);
  person.value = null;
}

/** The one-time link's token. It is taken out of the address at once, so that it is in no history. */
export function takeLink(): string | null {
  const link = /^#link=([0-9a-z]+)$/i.exec(location.hash)?.[1] ?? null;
  if (link) history.replaceState(null, '', location.pathname + location.search);
  return link;
}
