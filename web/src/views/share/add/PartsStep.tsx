import { openCommunity } from '../../../app/community';
import { Chip } from '../../../components/Chip';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { StepFrame } from './StepFrame';

export function PartsStep({ current }: { current: Draft }) {
  const { place, part } = mine.words;
  const words: Record<string, string> = part;
  return (
    <StepFrame step="parts" title={place.partsTitle} lead={place.partsLead} skip={() => change({ parts: [] })}>
      <fieldset>
        <legend class="visually-hidden">{place.partsTitle}</legend>
        <div class="chips">
          {openCommunity().vocabulary.parts.map((value) => (
            <Chip key={value} on={current.parts.includes(value)} toggle={() => change({ parts: toggled(current.parts, value) })}>{words[value] ?? value}</Chip>
          ))}
        </div>
      </fieldset>
    </StepFrame>
  );
}
