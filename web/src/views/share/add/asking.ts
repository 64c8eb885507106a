/** What is asked of the place that is open now. */
import type { Question } from '../../../api/types';
import { offers, openCommunity } from '../../../app/community';
import { draft } from './draft';
import { asked } from './questions';
import { questionStep, stepsFor, type Step, type Way } from './steps';

export const questionsNow = (): Question[] => asked(openCommunity().questions?.items ?? [], draft.value?.answers ?? {});

export const stepsNow = (): readonly Step[] => stepsFor({ questions: questionsNow(), photos: offers('photos') });

/** The questions that were asked when the answers were last looked at; null before that on this page. */
let seen: ReadonlySet<string> | null = null;

/** The person looks at all answers: what is asked by now is nothing new. */
export const answersSeen = (): void => void (seen = new Set(questionsNow().map(({ id }) => id)));

export function wayNow(): Way {
  if (!seen) answersSeen();
  const fresh = questionsNow().flatMap(({ id }, at) => (seen?.has(id) ? [] : [questionStep(at)]));
  return { steps: stepsNow(), checked: draft.value?.checked ?? false, fresh };
}

/** The question that this one hangs on. */
export function askerOf({ show_if }: Question): Step | null {
  const at = show_if ? questionsNow().findIndex(({ id }) => id === show_if.question) : -1;
  return at < 0 ? null : questionStep(at);
}
