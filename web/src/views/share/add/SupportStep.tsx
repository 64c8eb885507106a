import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { StepFrame } from './StepFrame';

interface SupportStepProps {
  current: Draft;
  way: keyof Draft['support'];
}

/** Support goes both ways: what I get here is one question, what I give the next. */
export function SupportStep({ current, way }: SupportStepProps) {
  const { place, support } = mine.words;
  const said = current.support[way];
  const { title, lead } = place.supportWays[way];
  const set = (types: Draft['support']['given']) => change({ support: { ...current.support, [way]: types } });
  return (
    <StepFrame step={way} title={title} lead={lead} skip={() => set([])}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{title}</legend>
        {openCommunity().vocabulary.support_types.map((type) => (
          <Choice key={type} type="checkbox" name={type} tone={way === 'given' ? 'doing' : 'being'} checked={said.includes(type)}
            onChange={() => set(toggled(said, type))} title={support[type].title} hint={support[type].hint} />
        ))}
      </fieldset>
    </StepFrame>
  );
}
