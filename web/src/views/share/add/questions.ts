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

/** What of an answer fits the question as it is asked today; undefined for nothing. */
function fitting(item: Question, answer: Answer | undefined): Answer | undefined {
  const offered = ({ id }: { id: string }): boolean => given(answer).includes(id);
  switch (item.kind) {
    case 'number': {
      const value = typeof answer === 'string' ? readNumber(answer, item) : answer;
      return typeof value === 'number' && readNumber(String(value), item) !== null ? value : undefined;
    }
    case 'text': return typeof answer === 'string' ? answer.trim() || undefined : undefined;
    case 'multiple': {
      const chosen = (item.options ?? []).filter(offered).map(({ id }) => id);
      return chosen.length > 0 ? chosen : undefined;
    }
    default: return item.options?.find(offered)?.id;
  }
}

/**
 * The answers that the server takes: none to questions or options that the community has taken away, none to questions that are no longer
 * asked after what was answered before, numbers as numbers, and no empty ones.
 */
export function answersOnly(items: readonly Question[], answers: Answers): Record<string, Answer> {
  const fit = Object.fromEntries(items.flatMap((item) => {
    const answer = fitting(item, answers[item.id]);
    return answer === undefined ? [] : [[item.id, answer] as const];
  }));
  return Object.fromEntries(asked(items, fit).flatMap(({ id }) => (fit[id] === undefined ? [] : [[id, fit[id]] as const])));
}

/** The first question that is asked and answered with something that is no number within its limits. */
export const unreadable = (items: readonly Question[], answers: Answers): Question | undefined =>
  asked(items, answers).find((item) => {
    const answer = answers[item.id];
    return item.kind === 'number' && typeof answer === 'string' && answer.trim() !== '' && readNumber(answer, item) === null;
  });

/** A number within its limits, or null for what is none. */
export function readNumber(typed: string, { min, max }: Question): number | null {
  const value = Number(typed.trim().replace(',', '.'));
  const within = typed.trim() !== '' && Number.isFinite(value) && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return within ? value : null;
}
