import { useState } from 'preact/hooks';
import type { Answer, Question } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { askerOf } from './asking';
import { change, draft, type Draft } from './draft';
import { QuestionField } from './QuestionField';
import { readNumber, unreadable } from './questions';
import { StepFrame } from './StepFrame';
import type { QuestionStep as Step } from './steps';

/** What this community asks besides, one question a screen. Each can stay open, and says who asks and what the answer is for. */
export function QuestionStep({ step, current, item }: { step: Step; current: Draft; item: Question }) {
  const words = mine.words.place;
  const { title } = openCommunity();
  const { number } = formats.value;
  const unread = (): boolean => unreadable([{ ...item, show_if: null }], draft.value?.answers ?? {}) !== undefined;
  // Who comes back to it finds what is in the way already said.
  const [wrong, setWrong] = useState(unread);
  const set = (answer: Answer | undefined) => {
    const { [item.id]: _before, ...others } = draft.value?.answers ?? {};
    change({ answers: answer === undefined ? others : { ...others, [item.id]: answer } });
  };
  const ready = () => {
    setWrong(unread());
    return !unread();
  };
  /** What was typed as a number becomes one; a word where a number should be stays to be corrected. */
  const tidy = () => {
    const typed = draft.value?.answers[item.id];
    const value = item.kind === 'number' && typeof typed === 'string' ? readNumber(typed, item) : null;
    if (value !== null) set(value);
  };
  const purpose = item.purpose === 'published_maps' ? words.questionUncounted : words.questionFor(messages.value.purpose[item.purpose].title);
  const limits = item.min != null && item.max != null ? words.questionBetween(number(item.min), number(item.max)) : undefined;
  const text = inLanguage(item.text, item.id);
  return (
    <StepFrame step={step} asker={askerOf(item)} title={text} lead={`${words.questionFrom(title)} ${purpose}`} ready={ready} leave={tidy} skip={() => set(undefined)}>
      <QuestionField item={item} text={text} hint={limits} answer={current.answers[item.id]} set={set} error={wrong ? words.questionNumber : null} />
    </StepFrame>
  );
}
