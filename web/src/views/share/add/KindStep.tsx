import { useState } from 'preact/hooks';
import { Choice } from '../../../components/Choice';
import { ShapeMark } from '../../../components/ShapeMark';
import { messages } from '../../../i18n';
import { change, type Draft } from './draft';
import { StepFrame } from './StepFrame';

export function KindStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const [missing, setMissing] = useState(false);
  const ready = () => {
    setMissing(!current.being && !current.doing);
    return current.being || current.doing;
  };
  return (
    <StepFrame step="kind" title={words.kindTitle} lead={words.kindLead} ready={ready} error={missing ? words.kindMissing : null}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{words.kindTitle}</legend>
        <Choice type="checkbox" name="being" tone="being" checked={current.being} onChange={(being) => change({ being })}
          title={<><ShapeMark being doing={false} />{words.being}</>} hint={words.beingHint} />
        <Choice type="checkbox" name="doing" tone="doing" checked={current.doing} onChange={(doing) => change({ doing })}
          title={<><ShapeMark being={false} doing />{words.doing}</>} hint={words.doingHint} />
      </fieldset>
    </StepFrame>
  );
}
