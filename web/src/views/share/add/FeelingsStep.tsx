import { openCommunity } from '../../../app/community';
import { Chip } from '../../../components/Chip';
import { FeelingMark } from '../../../components/FeelingMark';
import { inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { change, withFeeling, type Draft } from './draft';
import { FeelingStrength } from './FeelingStrength';
import { StepFrame } from './StepFrame';

/** Strength that a freshly chosen feeling has: the middle one. */
const FIRST_STRENGTH = 2;

export function FeelingsStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const { feelings } = openCommunity().vocabulary;
  const chosen = current.feelings;
  return (
    <StepFrame step="feelings" title={words.feelingsTitle} lead={words.feelingsLead} skip={() => change({ feelings: [] })} skipLabel={mine.words.place.ratherNot}>
      <fieldset>
        <legend class="visually-hidden">{words.feelingsTitle}</legend>
        <div class="chips feelings">
          {feelings.map(({ id, labels }) => {
            const on = chosen.some(({ feeling }) => feeling === id);
            return (
              <Chip key={id} on={on} toggle={() => change({ feelings: withFeeling(chosen, id, on ? null : FIRST_STRENGTH) })}>
                <FeelingMark feeling={id} /> {inLanguage(labels, id)}
              </Chip>
            );
          })}
        </div>
      </fieldset>
      {chosen.length > 0 && (
        <div class="stack-small" >
          {chosen.map((choice) => {
            const term = feelings.find(({ id }) => id === choice.feeling);
            return (
              <FeelingStrength key={choice.feeling} choice={choice} label={inLanguage(term?.labels, choice.feeling)}
                setStrength={(strength) => change({ feelings: withFeeling(chosen, choice.feeling, strength) })} />
            );
          })}
        </div>
      )}
    </StepFrame>
  );
}
