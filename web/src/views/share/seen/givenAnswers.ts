/** Answers to the community's own questions, in words: those of earlier wordings, too. */
import type { Answer, Community } from '../../../api/types';
import { formats, inLanguage } from '../../../i18n';

export interface GivenAnswer {
  id: string;
  question: string;
  said: string;
}

/** A question that the community does not ask any more keeps its words; one that nobody knows is named by its identifier. */
export function givenAnswers({ questions, earlier_questions }: Pick<Community, 'questions' | 'earlier_questions'>, answers: Readonly<Record<string, Answer>>, versions: Readonly<Record<string, string>> = {}): GivenAnswer[] {
  const wordings = [questions, ...(earlier_questions ?? [])].flatMap((one) => (one ? [one] : []));
  return Object.entries(answers).map(([id, answer]) => {
    const asked = wordings.find(({ version }) => String(version) === versions[id]) ?? wordings.find(({ items }) => items.some((item) => item.id === id));
    const item = asked?.items.find((one) => one.id === id);
    const given = Array.isArray(answer) ? answer : [String(answer)];
    return { id, question: inLanguage(item?.text, id), said: formats.value.list(given.map((one) => inLanguage(item?.options?.find((option) => option.id === one)?.text, one))) };
  });
}
