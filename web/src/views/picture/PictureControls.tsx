import type { Release, Units } from '../../api/types';
import { setQuery } from '../../app/router';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { REACH, type Measure, type Reach } from './measures';

interface PictureControlsProps {
  measure: Measure;
  /** The measures that this release can show. */
  measures: readonly Measure[];
  reach: Reach;
  units: Units;
  /** The units that this release holds for the measure; small towns have no neighbourhoods that are large enough. */
  offered: readonly Units[];
  release: string;
  releases: readonly Release[];
}

/** Measure, unit, release: in that order, and all in the address. */
export function PictureControls({ measure, measures, reach, units, offered, release, releases }: PictureControlsProps) {
  const words = messages.value.picture;
  const { measures: named, kind, kinds } = planner.words;
  return (
    <fieldset class="picture-controls no-print">
      <legend class="visually-hidden">{words.controls}</legend>
      <div class="field">
        <label for="measure">{words.measure}</label>
        <select id="measure" value={measure} onChange={(event) => setQuery({ measure: event.currentTarget.value })}>
          {measures.map((name) => <option key={name} value={name}>{named[name]}</option>)}
        </select>
      </div>
      {measure === 'opportunity' ? (
        <div class="field">
          <label for="reach">{kind}</label>
          <select id="reach" value={reach} onChange={(event) => setQuery({ reach: event.currentTarget.value })}>
            {REACH.map((name) => <option key={name} value={name}>{kinds[name]}</option>)}
          </select>
        </div>
      ) : (
        <div class="field">
          <label for="units">{words.units}</label>
          <select id="units" value={units} onChange={(event) => setQuery({ measure, units: event.currentTarget.value })}>
            {offered.map((name) => <option key={name} value={name}>{words.unit[name]}</option>)}
          </select>
        </div>
      )}
      <div class="field">
        <label for="release">{words.release}</label>
        <select id="release" value={release} onChange={(event) => setQuery({ release: event.currentTarget.value })}>
          {releases.map(({ id, made_at, recalled }) => <option key={id} value={id}>{recalled ? reportWords.words.calledBack(formats.value.date(made_at)) : formats.value.date(made_at)}</option>)}
        </select>
      </div>
    </fieldset>
  );
}
