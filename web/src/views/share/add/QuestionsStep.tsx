import { useState } from 'preact/hooks';
import type { Answer, Question } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { formats, inLanguage, messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { change, draft, toggled, type Draft } from './draft';
import { answersOnly, asked, unreadable } from './questions';
import { StepFrame } from './StepFrame';

/** More than these on one screen are too many. */
const FEW = 5;

/** What this community asks besides, a few on a screen. Every question can stay open, and says what its answer is for. */
export function QuestionsStep({ current }: { current: Draft }) {
  const words = mine.words.place;
  const { questions, title } = openCommunity();
  const items = questions?.items ?? [];
  // Who comes back to it finds what is in the way already said.
  const [wrong, setWrong] = useState<string | null>(() => unreadable(items, current.answers)?.id ?? null);
  const [from, setFrom] = useState(0);
  const set = (id: string, answer: Answer | undefined) => {
    const answers: Record<string, Answer> = { ...current.answers };
    if (answer === undefined) delete answers[id];
    else answers[id] = answer;
    change({ answers });
  };
  /** Numbers become numbers, and what is no longer asked goes; a word where a number should be stays to be corrected. */
  const tidy = () => {
    const answers = draft.value?.answers ?? {};
    const unread = unreadable(items, answers);
    change({ answers: { ...answersOnly(items, answers), ...(unread ? { [unread.id]: answers[unread.id] ?? '' } : {}) } });
    return unread;
  };
  const asks = asked(items, current.answers);
  const shown = asks.slice(from, from + FEW);
  const ready = () => {
    const unread = tidy();
    setWrong(unread?.id ?? null);
    const at = unread ? asks.findIndex(({ id }) => id === unread.id) : -1;
    if (unread) {
      setFrom(at - (at % FEW));
      return false;
    }
    return !more();
  };
  /** Goes to the next screen of questions, if there is one: what was answered may have asked for more. */
  const more = (): boolean => {
    const left = from + FEW < asked(items, draft.value?.answers ?? {}).length;
    if (left) setFrom(from + FEW);
    return left;
  };
  const back = (): boolean => {
    if (from > 0) setFrom(from - FEW);
    return from > 0;
  };
  const skip = (): boolean => {
    const skipped = new Set(shown.map(({ id }) => id));
    change({ answers: Object.fromEntries(Object.entries(current.answers).filter(([id]) => !skipped.has(id))) });
    return !more();
  };
  const parts = Math.ceil(asks.length / FEW);
  return (
    <StepFrame key={from} step="questions" title={words.questionsTitle(title)} lead={words.questionsLead} ready={ready} back={back} leave={tidy} skip={skip}>
      {parts > 1 && <p class="small muted">{kept.words.part(formats.value.number(from / FEW + 1), formats.value.number(parts))}</p>}
      {shown.map((item) => (
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
          {!several && chosen.length > 0 && <button type="button" class="button-quiet" onClick={() => set(undefined)}>{kept.words.takeBack}</button>}
        </fieldset>
      );
    }
  }
}
