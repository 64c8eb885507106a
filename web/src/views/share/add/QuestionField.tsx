import type { Answer, Question } from '../../../api/types';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { inLanguage } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { toggled } from './draft';

/** The server's own limit, so that nobody writes what cannot be kept. */
const MAX_TEXT = 2_000;

interface QuestionFieldProps {
  item: Question;
  /** The question; it is the title of the screen, too. */
  text: string;
  hint: string | undefined;
  answer: Answer | undefined;
  set: (answer: Answer | undefined) => void;
  error: string | null;
}

/** What a question of the community is answered with. */
export function QuestionField({ item, text, hint, answer, set, error }: QuestionFieldProps) {
  switch (item.kind) {
    case 'text': return <Field label={text} titled value={String(answer ?? '')} rows={3} maxLength={MAX_TEXT} onInput={set} />;
    case 'number': return <Field label={text} titled hint={hint} value={String(answer ?? '')} inputMode="decimal" error={error} onInput={set} />;
    default: {
      const several = item.kind === 'multiple';
      const chosen = Array.isArray(answer) ? answer : answer === undefined ? [] : [String(answer)];
      return (
        <fieldset class="stack-small">
          <legend class="visually-hidden">{text}</legend>
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
