/** The place that is being written, kept on this device at every letter. */
import { effect } from '@preact/signals';
import { formName, keepForm } from '../../../offline/keptForms';
import { keepState, keptState } from '../../../offline/lastState';
import { aside, draft, emptyDraft, type Draft } from './draft';

const nameOf = (community: string, participant: string): string => `draft:${community}:${participant}`;

/** A draft of an older version of the app may lack what was added since. */
const whole = (kept: Partial<Draft>): Draft => ({ ...emptyDraft(), ...kept });

let stops: (() => void)[] = [];

/** From now on, what is written is kept for this person; what they left behind is there again. */
export async function keepDrafts(community: string, participant: string): Promise<void> {
  stopKeepingDrafts();
  const name = nameOf(community, participant);
  const others = formName(community, participant, 'aside');
  const [open, putAside] = await Promise.all([keptState<Partial<Draft>>(name), keptState<Partial<Draft>[]>(others)]);
  draft.value ??= open && whole(open);
  if (aside.value.length === 0) aside.value = (putAside ?? []).map(whole);
  stops = [
    effect(() => keepState(name, draft.value)),
    aside.subscribe((drafts) => keepForm(others, drafts.length > 0 ? drafts : null)),
  ];
}

/** Before the person leaves: what follows is kept for nobody. */
export function stopKeepingDrafts(): void {
  for (const stop of stops) stop();
  stops = [];
}
