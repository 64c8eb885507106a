import { useState } from 'preact/hooks';
import { Chip } from '../../../components/Chip';
import { Field } from '../../../components/Field';
import { announce } from '../../../components/LiveRegion';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { StepFrame } from './StepFrame';
import type { Step } from './steps';
import { identifierOf, wordOf } from './words';

interface WordsStepProps {
  step: Step;
  current: Draft;
  group: 'activity' | 'companion' | 'barrier';
  property: 'activities' | 'company' | 'barriers';
  offered: readonly string[];
  title: string;
  lead: string;
  /** What to call a word of one's own; without it, only the offered ones. */
  own?: string;
}

/** Several words of a list, and one's own. */
export function WordsStep({ step, current, group, property, offered, title, lead, own }: WordsStepProps) {
  const words = mine.words;
  const [typed, setTyped] = useState('');
  const chosen = current[property];
  const add = () => {
    const word = identifierOf(typed);
    if (!word) return;
    if (!chosen.includes(word)) change({ [property]: [...chosen, word] });
    setTyped('');
    announce(words.place.ownAdded(wordOf(group, word)));
  };
  const all = [...offered, ...chosen.filter((word) => !offered.includes(word))];
  return (
    <StepFrame step={step} title={title} lead={lead} skip={() => change({ [property]: [] })} ready={() => { add(); return true; }}>
      <fieldset>
        <legend class="visually-hidden">{title}</legend>
        <div class="chips">
          {all.map((word) => (
            <Chip key={word} on={chosen.includes(word)} toggle={() => change({ [property]: toggled(chosen, word) })}>{wordOf(group, word)}</Chip>
          ))}
        </div>
      </fieldset>
      {own && (
        <div class="own-word">
          <Field label={own} value={typed} maxLength={40} onInput={setTyped} />
          <button type="button" class="button" onClick={add}>{words.place.ownAdd}</button>
        </div>
      )}
    </StepFrame>
  );
}
