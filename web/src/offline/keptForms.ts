/** What is being written in the forms of a person, kept on this device at every letter until it is saved: a reload or a killed tab loses nothing. */
import { signal } from '@preact/signals';
import { device, shared } from '../app/device';
import type { Kept } from '../lib/device/table';

/** What a closing page had no time to keep properly; never used where a PIN seals everything. */
const LAST_WORDS = 'stead.forms';

export const formName = (community: string, participant: string, what: string): string => `form:${community}:${participant}:${what}`;

/** The newest state of each form that is not written yet; null for one that was saved or given up. */
const unwritten = new Map<string, unknown>();
let writing: Promise<void> = Promise.resolve();
let mayWriteOpen = false;

/** The forms that were written in since the page was opened, and not saved. */
const begun = new Set<string>();
export const formsBegun = signal(0);

/** Null forgets it. */
export function keepForm(name: string, value: unknown): void {
  if (value === null) begun.delete(name);
  else begun.add(name);
  formsBegun.value = begun.size;
  const idle = !unwritten.has(name);
  unwritten.set(name, value);
  // While one state is being written, only the newest of those that follow is worth writing.
  if (idle) writing = writing.then(() => write(name)).catch(() => undefined); // a full or locked device: the page still has it
}

async function write(name: string): Promise<void> {
  if (!unwritten.has(name)) return;
  const newest = unwritten.get(name);
  const vault = await device();
  mayWriteOpen = !vault.sealed && !shared.value;
  try {
    if (newest === null) await vault.remove(name);
    else await vault.put(name, newest as Kept);
  } finally {
    if (unwritten.get(name) === newest) unwritten.delete(name);
    else writing = writing.then(() => write(name)).catch(() => undefined);
  }
}

export async function keptForm<T>(name: string): Promise<T | null> {
  const last = lastWords();
  if (last && name in last) {
    const value = last[name] as T | null;
    keepForm(name, value);
    dropLastWords(name, last);
    return value;
  }
  return (await (await device()).get<T>(name).catch(() => undefined)) ?? null;
}

/** What it is about has another name now: the words go with it. Where more was written under the new name meanwhile, that stays. */
export async function renameForm(from: string, to: string): Promise<void> {
  const value = unwritten.has(from) ? unwritten.get(from) : await keptForm(from);
  if (value === null) return;
  if (!unwritten.has(to) && !begun.has(to)) keepForm(to, value);
  keepForm(from, null);
  await writing;
}

/** Before the person leaves: what follows is kept for nobody. */
export async function stopForms(): Promise<void> {
  unwritten.clear();
  begun.clear();
  formsBegun.value = 0;
  await writing;
  try {
    localStorage.removeItem(LAST_WORDS);
  } catch {
    // storage is blocked: there is nothing in it
  }
}

function lastWords(): Record<string, unknown> | null {
  try {
    const text = localStorage.getItem(LAST_WORDS);
    return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return null;
  }
}

function dropLastWords(name: string, { [name]: _read, ...others }: Record<string, unknown>): void {
  try {
    if (Object.keys(others).length > 0) localStorage.setItem(LAST_WORDS, JSON.stringify(others));
    else localStorage.removeItem(LAST_WORDS);
  } catch {
    // storage is blocked: it was read, and is written properly now
  }
}

/** The database answers too late for a page that is closing; this store answers at once. */
addEventListener('pagehide', () => {
  if (unwritten.size === 0 || !mayWriteOpen) return;
  try {
    localStorage.setItem(LAST_WORDS, JSON.stringify({ ...lastWords(), ...Object.fromEntries(unwritten) }));
  } catch {
    // storage is full or blocked: the last letter is lost, what was written before is kept
  }
});
