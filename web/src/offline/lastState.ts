/**
 * The newest state of what a person writes or arranges, kept on this device under a name at every change: a reload or a killed tab
 * loses nothing, and neither does a page that closes before the database has answered.
 */
import { device, shared } from '../app/device';
import type { Kept } from '../lib/device/table';
import type { Vault } from '../lib/device/vault';

/** What a closing page had no time to keep properly; never used where a PIN seals everything. */
const LAST_WORDS = 'stead.last';

/** The newest state of each name that is not written yet; null for one that is to be forgotten. */
const unwritten = new Map<string, unknown>();
let writing: Promise<void> = Promise.resolve();
let opened: Vault | null = null;

/** Null forgets it. */
export function keepState(name: string, value: unknown): void {
  const idle = !unwritten.has(name);
  unwritten.set(name, value);
  // While one state is being written, only the newest of those that follow is worth writing.
  if (idle) writing = writing.then(() => write(name)).catch(() => undefined); // a full or locked device: the page still has it
}

async function write(name: string): Promise<void> {
  if (!unwritten.has(name)) return;
  const newest = unwritten.get(name);
  try {
    opened = await device();
    if (newest === null) await opened.remove(name);
    else await opened.put(name, newest as Kept);
    // A page that was hidden for a while and came back has newer words than its last ones.
    dropLastWords(name);
  } finally {
    if (unwritten.get(name) === newest) unwritten.delete(name);
    else writing = writing.then(() => write(name)).catch(() => undefined);
  }
}

/** The newest state, whether it is written already or not. */
export async function keptState<T>(name: string): Promise<T | null> {
  // All that the last page had no time for is written properly now, and dropped once it is.
  for (const [late, value] of Object.entries(lastWords())) if (!unwritten.has(late)) keepState(late, value);
  if (unwritten.has(name)) return unwritten.get(name) as T | null;
  opened = await device();
  return (await opened.get<T>(name).catch(() => undefined)) ?? null;
}

/** Ends when nothing is left to write. */
export const allKept = (): Promise<void> => writing;

export const isUnwritten = (name: string): boolean => unwritten.has(name);

/** Before the person leaves: what follows is kept for nobody. */
export async function stopKeeping(): Promise<void> {
  unwritten.clear();
  await writing;
  try {
    localStorage.removeItem(LAST_WORDS);
  } catch {
    // storage is blocked: there is nothing in it
  }
}

function lastWords(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(LAST_WORDS) ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

function dropLastWords(name: string): void {
  const { [name]: written, ...others } = lastWords();
  // At nearly every letter there are none.
  if (written === undefined) return;
  try {
    if (Object.keys(others).length > 0) localStorage.setItem(LAST_WORDS, JSON.stringify(others));
    else localStorage.removeItem(LAST_WORDS);
  } catch {
    // storage is blocked: there is nothing in it
  }
}

/** The database answers too late for a page that is closing; this store answers at once. */
addEventListener('pagehide', () => {
  if (unwritten.size === 0 || !opened || opened.sealed || shared.value) return;
  try {
    localStorage.setItem(LAST_WORDS, JSON.stringify({ ...lastWords(), ...Object.fromEntries(unwritten) }));
  } catch {
    // storage is full or blocked: the last letter is lost, what was written before is kept
  }
});
