/** The community's own questions: which of them are asked, given what was answered so far. Pure. */
import type { Answer, Question } from '../../../api/types';

export type Answers = Readonly<Record<string, Answer>>;

const given = (answer: Answer | undefined): string[] => (answer === undefined ? [] : Array.isArray(answer) ? answer : [String(answer)]);

/** In their order. A question that depends on one that is not asked is not asked either. */
export function asked(items: readonly Question[], answers: Answers): Question[] {
  const shown: Question[] = [];
  for (const item of items) {
    const { show_if } = item;
    const met = !show_if || (shown.some(({ id }) => id === show_if.question) && given(answers[show_if.question]).some((one) => show_if.is.includes(one)));
    if (met) shown.push(item);
  }
  return shown;
}

/** Without the answers to questions that are no longer asked, and without empty ones. */
export function answersOnly(items: readonly Question[], answers: Answers): Record<string, Answer> {
  const kept = asked(items, answers).flatMap(({ id }) => {
    const answer = answers[id];
    return answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0) ? [] : [[id, answer] as const];
  });
  return Object.fromEntries(kept);
}

/** A number within its limits, or null for what is none. */
export function readNumber(typed: string, { min, max }: Question): number | null {
  const value = Number(typed.trim().replace(',', '.'));
  const within = typed.trim() !== '' && Number.isFinite(value) && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return within ? value : null;
}
