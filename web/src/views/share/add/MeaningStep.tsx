import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { StepFrame } from './StepFrame';

/** CHIME in plain sentences: what a place does for the person, never what they lack. */
export function MeaningStep({ current }: { current: Draft }) {
  const { place, chime } = mine.words;
  const sentences: Record<string, { title: string; hint: string }> = chime;
  return (
    <StepFrame step="meaning" title={place.meaningTitle} lead={place.meaningLead} skip={() => change({ chime: [] })}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{place.meaningTitle}</legend>
        {openCommunity().vocabulary.chime.map((process) => (
          <Choice key={process} type="checkbox" name={process} checked={current.chime.includes(process)}
            onChange={() => change({ chime: toggled(current.chime, process) })} title={sentences[process]?.title ?? process} hint={sentences[process]?.hint} />
        ))}
      </fieldset>
    </StepFrame>
  );
}
