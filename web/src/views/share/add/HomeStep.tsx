import { Choice } from '../../../components/Choice';
import { messages } from '../../../i18n';
import { change, withHome, type Draft } from './draft';
import { StepFrame } from './StepFrame';

const ANSWERS = ['no', 'yes'] as const;

/** Asked before how exactly: others know less of a home to begin with. */
export function HomeStep({ current }: { current: Draft }) {
  const { homeTitle, homeHint, homeIs } = messages.value.add;
  return (
    <StepFrame step="home" title={homeTitle} lead={homeHint} skip={() => change({ home: current.saved?.home ?? false })}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{homeTitle}</legend>
        {ANSWERS.map((answer) => (
          <Choice key={answer} type="radio" name="home" value={answer} checked={current.home === (answer === 'yes')}
            onChange={() => change(withHome(current, answer === 'yes'))} title={homeIs[answer]} />
        ))}
      </fieldset>
    </StepFrame>
  );
}
