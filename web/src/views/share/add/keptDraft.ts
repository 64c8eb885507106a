/** The place that is being written, kept on this device at every letter: a reload or a killed tab loses nothing. */
import { effect } from '@preact/signals';
import { device, shared } from '../../../app/device';
import type { Kept } from '../../../lib/device/table';
import { formName, keepForm, keptForm } from '../../../offline/keptForms';
import { aside, draft, emptyDraft, type Draft } from './draft';

const nameOf = (community: string, participant: string): string => `draft:${community}:${participant}`;

/** What a closing page had no time to keep properly; never used where a PIN seals everything. */
const LAST_WORDS = 'stead.draft';

let stop: (() => void) | null = null;
let stopAside: (() => void) | null = null;
/** The newest state that is not written yet. */
let unwritten: { name: string; draft: Draft | null } | null = null;
let writing: Promise<void> = Promise.resolve();

/** From now on, what is written is kept for this person; what they left behind is there again. */
export async function keepDrafts(community: string, participant: string): Promise<void> {
  stop?.();
  stopAside?.();
  const name = nameOf(community, participant);
  const vault = await device();
  draft.value ??= await readDraft(community, participant);
  const others = formName(community, participant, 'aside');
  if (aside.value.length === 0) aside.value = ((await keptForm<Partial<Draft>[]>(others)) ?? []).map((one) => ({ ...emptyDraft(), ...one }));
  stopAside = aside.subscribe((drafts) => keepForm(others, drafts.length > 0 ? drafts : null));
  let waiting = false;
  mayWriteOpen = () => !vault.sealed && !shared.value;
  stop = effect(() => {
    unwritten = { name, draft: draft.value };
    // While one state is being written, only the newest of those that follow is worth writing.
    if (waiting) return;
    waiting = true;
    writing = writing.then(async () => {
      waiting = false;
      const newest = draft.value;
      if (newest) await vault.put(name, newest as unknown as Kept);
      else await vault.remove(name);
      if (unwritten?.draft === newest) unwritten = null;
    }).catch(() => undefined); // a full or locked device: the page still has it
  });
}

async function readDraft(community: string, participant: string): Promise<Draft | null> {
  const name = nameOf(community, participant);
  const last = lastWords(name);
  const kept = last ? last.draft : await (await device()).get<Partial<Draft>>(name).catch(() => undefined);
  // A draft of an older version of the app may lack what was added since.
  return kept ? { ...emptyDraft(), ...kept } : null;
}

let mayWriteOpen = (): boolean => false;

/** The database answers too late for a page that is closing; this store answers at once. */
addEventListener('pagehide', () => {
  if (!unwritten || !mayWriteOpen()) return;
  try {
    localStorage.setItem(LAST_WORDS, JSON.stringify(unwritten));
  } catch {
    // storage is full or blocked: the last letter is lost, what was written before is kept
  }
});

function lastWords(name: string): { draft: Draft | null } | null {
  try {
    const text = localStorage.getItem(LAST_WORDS);
    if (text === null) return null;
    localStorage.removeItem(LAST_WORDS);
    const last = JSON.parse(text) as { name: string; draft: Draft | null };
    return last.name === name ? last : null;
  } catch {
    return null;
  }
}

/** Before the person leaves: what follows is kept for nobody. */
export async function stopKeeping(): Promise<void> {
  stop?.();
  stopAside?.();
  stop = null;
  await writing;
  unwritten = null;
}
