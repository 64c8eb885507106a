/** Which questions are asked, one a screen, and where each screen leads. Pure. */
import type { Question } from '../../../api/types';

/** Before and after the community's own questions. */
const USUAL = ['where', 'kind', 'feelings', 'meaning', 'activities', 'company', 'received', 'given', 'barriers', 'often', 'parts', 'since', 'name', 'story', 'untaken'] as const;
const LAST = ['home', 'precision', 'share', 'check'] as const;

/** One of the community's own questions, by its place among those that are asked: which ones are asked says what was answered, and no address may. */
export type QuestionStep = `question-${number}`;
export type Step = (typeof USUAL)[number] | QuestionStep | (typeof LAST)[number];

/** Where "Skip the rest" leads to: what is left must be seen once. */
export const AFTER_SKIPPING: Step = 'home';

export const questionStep = (at: number): QuestionStep => `question-${at + 1}`;
/** Which of the questions that are asked, or -1 for another step. */
export const questionAt = (step: string): number => Number(/^question-(\d+)$/.exec(step)?.[1] ?? 0) - 1;

export interface Asked {
  /** The community's own questions that are asked, given what was answered so far. */
  questions: readonly Question[];
  /** Whether photos are kept here: only then is one asked about that was not taken. */
  photos: boolean;
}

export const stepsFor = ({ questions, photos }: Asked): readonly Step[] =>
  [...USUAL.filter((step) => step !== 'untaken' || photos), ...questions.map((_, at) => questionStep(at)), ...LAST];

/** Screens that held several questions, by the first of them: an address that was kept still leads there. */
const FORMER: Readonly<Record<string, Step>> = { support: 'received', rhythm: 'often', questions: 'question-1' };

/** The step of an address; for one that is not asked here or no longer, what comes in its place. */
export function stepCalled(name: string | undefined, steps: readonly Step[]): Step {
  const step = FORMER[name ?? ''] ?? name;
  const found = steps.find((one) => one === step);
  if (found || step === undefined) return found ?? 'where';
  if (step === 'untaken') return steps[steps.indexOf('story') + 1] ?? 'where';
  return questionAt(step) < 0 ? 'where' : (steps.filter((one) => questionAt(one) >= 0).at(-1) ?? AFTER_SKIPPING);
}

/** The way through the screens. */
export interface Way {
  steps: readonly Step[];
  /** The answers were all seen once: every change leads back to them. */
  checked: boolean;
  /** What an answer that was changed since they were seen newly asks: it comes before going back to them. */
  fresh: readonly Step[];
}

export function stepAfter(step: Step, { steps, checked, fresh }: Way): Step {
  const later = steps.slice(steps.indexOf(step) + 1);
  return (checked ? later.find((one) => fresh.includes(one)) : later[0]) ?? 'check';
}

/** `asker` is the question that this one hangs on. Null leads out. */
export function stepBefore(step: Step, { steps, checked, fresh }: Way, asker: Step | null): Step | null {
  const earlier = steps.slice(0, steps.indexOf(step));
  if (!checked) return earlier.at(-1) ?? null;
  if (!fresh.includes(step)) return 'check';
  return earlier.filter((one) => fresh.includes(one)).at(-1) ?? asker ?? 'check';
}

/** Which question an error from the server is about. */
export function stepOfField(field: string | null, questions: readonly Question[] = []): Step | null {
  if (!field) return null;
  if (field.startsWith('geometry')) return 'where';
  const [property, part] = field.replace(/^properties\./, '').split(/[.[\]]+/);
  switch (property) {
    case 'being':
    case 'doing': return 'kind';
    case 'feelings':
    case 'activities':
    case 'company':
    case 'barriers':
    case 'home':
    case 'precision':
    case 'share':
    case 'since':
    case 'name':
    case 'story': return property;
    case 'chime': return 'meaning';
    case 'support': return part === 'given' ? 'given' : 'received';
    case 'rhythm': return part === 'parts' ? 'parts' : 'often';
    case 'photo_not_taken': return 'untaken';
    case 'answers': {
      const at = questions.findIndex(({ id }) => id === part);
      return at < 0 ? null : questionStep(at);
    }
    default: return null;
  }
}
