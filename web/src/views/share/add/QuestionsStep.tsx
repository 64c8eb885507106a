import { useState } from 'preact/hooks';
import type { Answer, Question } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { answersOnly, asked, readNumber } from './questions';
import { StepFrame } from './StepFrame';

/** What this community asks besides. Every question can stay open, and says what its answer is for. */
export function QuestionsStep({ current }: { current: Draft }) {
  const words = mine.words.place;
  const { questions, title } = openCommunity();
  const items = questions?.items ?? [];
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (id: string, answer: Answer | undefined) => {
    const answers: Record<string, Answer> = { ...current.answers };
    if (answer === undefined) delete answers[id];
    else answers[id] = answer;
    change({ answers });
  };
  const ready = () => {
    const numbers = asked(items, current.answers).filter(({ kind, id }) => kind === 'number' && typeof current.answers[id] === 'string');
    const unread = numbers.find((item) => current.answers[item.id] !== '' && readNumber(String(current.answers[item.id]), item) === null);
    setWrong(unread?.id ?? null);
    if (unread) return false;
    const read = Object.fromEntries(numbers.flatMap((item) => {
      const value = readNumber(String(current.answers[item.id]), item);
      return value === null ? [] : [[item.id, value]];
    }));
    change({ answers: answersOnly(items, { ...current.answers, ...read }) });
    return true;
  };
  return (
    <StepFrame step="questions" title={words.questionsTitle(title)} lead={words.questionsLead} ready={ready} skip={() => change({ answers: {} })}>
      {asked(items, current.answers).map((item) => (
        <QuestionField key={item.id} item={item} answer={current.answers[item.id]} set={(answer) => set(item.id, answer)} wrong={wrong === item.id} />
      ))}
    </StepFrame>
  );
}

interface QuestionFieldProps {
  item: Question;
  answer: Answer | undefined;
  set: (answer: Answer | undefined) => void;
  wrong: boolean;
}

function QuestionField({ item, answer, set, wrong }: QuestionFieldProps) {
  const words = mine.words.place;
  const text = inLanguage(item.text, item.id);
  const purpose = item.purpose === 'published_maps' ? words.questionUncounted : words.questionFor(messages.value.purpose[item.purpose].title);
  const { number } = formats.value;
  switch (item.kind) {
    case 'text': return <Field label={text} hint={purpose} value={String(answer ?? '')} rows={3} maxLength={2_000} onInput={set} />;
    case 'number': {
      const limits = item.min != null && item.max != null ? ` ${words.questionBetween(number(item.min), number(item.max))}` : '';
      return <Field label={text} hint={purpose + limits} value={String(answer ?? '')} inputMode="decimal" error={wrong ? words.questionNumber : null} onInput={set} />;
    }
    default: {
      const several = item.kind === 'multiple';
      const chosen = Array.isArray(answer) ? answer : answer === undefined ? [] : [String(answer)];
      return (
        <fieldset class="stack-small">
          <legend>{text}</legend>
          <p class="hint">{purpose}</p>
          {(item.options ?? []).map(({ id, text: option }) => (
            <Choice key={id} type={several ? 'checkbox' : 'radio'} name={item.id} value={id} checked={chosen.includes(id)}
              onChange={() => set(several ? toggled(chosen, id) : id)} title={inLanguage(option, id)} />
          ))}
        </fieldset>
      );
    }
  }
}
