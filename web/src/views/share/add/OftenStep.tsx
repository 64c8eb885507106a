import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { change, type Draft } from './draft';
import { StepFrame } from './StepFrame';

export function OftenStep({ current }: { current: Draft }) {
  const { place, often } = mine.words;
  const words: Record<string, string> = often;
  return (
    <StepFrame step="often" title={place.oftenTitle} skip={() => change({ often: null })}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{place.oftenTitle}</legend>
        {openCommunity().vocabulary.often.map((value) => (
          <Choice key={value} type="radio" name="often" value={value} checked={current.often === value} onChange={() => change({ often: value })} title={words[value] ?? value} />
        ))}
        {current.often !== null && <button type="button" class="button-quiet" onClick={() => change({ often: null })}>{kept.words.takeBack}</button>}
      </fieldset>
    </StepFrame>
  );
}
