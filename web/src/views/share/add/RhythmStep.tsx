import { useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { Chip } from '../../../components/Chip';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { readSince } from './since';
import { StepFrame } from './StepFrame';

export function RhythmStep({ current }: { current: Draft }) {
  const { place, often, part } = mine.words;
  const { vocabulary } = openCommunity();
  const [wrong, setWrong] = useState(false);
  const oftenWords: Record<string, string> = often;
  const partWords: Record<string, string> = part;
  const ready = () => {
    const since = current.since.trim() === '' ? '' : readSince(current.since, new Date());
    setWrong(since === null);
    if (since !== null) change({ since });
    return since !== null;
  };
  return (
    <StepFrame step="rhythm" title={place.rhythmTitle} ready={ready} skip={() => change({ often: null, parts: [], since: '' })}>
      <fieldset class="stack-small">
        <legend>{place.oftenLegend}</legend>
        {vocabulary.often.map((value) => (
          <Choice key={value} type="radio" name="often" value={value} checked={current.often === value} onChange={() => change({ often: value })} title={oftenWords[value] ?? value} />
        ))}
        {current.often !== null && <button type="button" class="button-quiet" onClick={() => change({ often: null })}>{kept.words.takeBack}</button>}
      </fieldset>
      <fieldset>
        <legend>{place.partsLegend}</legend>
        <div class="chips">
          {vocabulary.parts.map((value) => (
            <Chip key={value} on={current.parts.includes(value)} toggle={() => change({ parts: toggled(current.parts, value) })}>{partWords[value] ?? value}</Chip>
          ))}
        </div>
      </fieldset>
      <Field label={place.since} hint={place.sinceHint} value={current.since} maxLength={20} error={wrong ? place.sinceBad : null} onInput={(since) => change({ since })} />
    </StepFrame>
  );
}
