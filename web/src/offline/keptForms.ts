/** What is being written in the forms of a person, kept on this device at every letter until it is saved. */
import { signal } from '@preact/signals';
import { allKept, isUnwritten, keepState, keptState } from './lastState';

export const formName = (community: string, participant: string, what: string): string => `form:${community}:${participant}:${what}`;

/** The forms that were written in since the page was opened, and not saved. */
const begun = new Set<string>();
export const formsBegun = signal(0);

/** Null forgets it. */
export function keepForm(name: string, value: unknown): void {
  if (value === null) begun.delete(name);
  else begun.add(name);
  formsBegun.value = begun.size;
  keepState(name, value);
}

/** What it is about has another name now: the words go with it. Where more was written under the new name meanwhile, that stays. */
export async function renameForm(from: string, to: string): Promise<void> {
  const value = await keptState(from);
  if (value === null) return;
  if (!isUnwritten(to) && !begun.has(to)) keepForm(to, value);
  keepForm(from, null);
  await allKept();
}

/** Before the person leaves: nothing is begun any more. */
export function stopForms(): void {
  begun.clear();
  formsBegun.value = 0;
}
