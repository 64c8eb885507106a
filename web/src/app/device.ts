/** What this device keeps for the person at it. On a shared device: nothing that outlives the page. */
import { signal } from '@preact/signals';
import { indexedTable, memoryTable, type Table } from '../lib/device/table';
import { Vault } from '../lib/device/vault';

const DATABASE = 'stead';
const SHARED = 'stead.shared';

/** True until the PIN of this device has been given. */
export const locked = signal(false);

/** Whether others use this device, too: then nothing is kept on it, and leaving the page signs out. */
export const shared = signal(readShared());

function readShared(): boolean {
  try {
    return sessionStorage.getItem(SHARED) === '1';
  } catch {
    return false;
  }
}

export function setShared(on: boolean): void {
  try {
    if (on) sessionStorage.setItem(SHARED, '1');
    else sessionStorage.removeItem(SHARED);
  } catch {
    // storage is blocked: the choice holds while the page is open
  }
  if (shared.value !== on) opening = null;
  shared.value = on;
}

let opening: Promise<Vault> | null = null;

async function table(): Promise<Table> {
  if (shared.value) return memoryTable();
  try {
    return await indexedTable(DATABASE);
  } catch {
    return memoryTable(); // the browser keeps nothing, as in some private windows
  }
}

export function device(): Promise<Vault> {
  opening ??= table().then(async (kept) => {
    const vault = new Vault(kept);
    locked.value = await vault.isLocked();
    return vault;
  });
  return opening;
}

/** Who asked to be deleted here, until the answer has come: an answer that is lost is made up for. */
export const leavingName = (community: string): string => `leaving:${community}`;

export const isLeaving = async (community: string): Promise<boolean> =>
  (await (await device()).get(leavingName(community)).catch(() => undefined)) !== undefined;
