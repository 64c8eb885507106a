import type { Release, Units } from '../../api/types';
import { setQuery } from '../../app/router';
import { formats, messages } from '../../i18n';

export const MEASURES = ['concentration'] as const;
export type Measure = (typeof MEASURES)[number];

/** What a release can be read by, the more familiar first. */
export function unitsOf(release: Release | undefined): Units[] {
  const held: Units[] = [];
  if (release && release.neighbourhoods > 0) held.push('neighbourhoods');
  if (!release || release.cells > 0) held.push('cells');
  return held;
}

interface PictureControlsProps {
  measure: Measure;
  units: Units;
  /** The units that this release holds; small towns have no neighbourhoods that are large enough. */
  offered: readonly Units[];
  release: string;
  releases: readonly Release[];
}

/** Measure, unit, release: in that order, and all in the address. */
export function PictureControls({ measure, units, offered, release, releases }: PictureControlsProps) {
  const words = messages.value.picture;
  return (
    <fieldset class="picture-controls">
      <legend class="visually-hidden">{words.controls}</legend>
      <div class="field">
        <label for="measure">{words.measure}</label>
        <select id="measure" value={measure} onChange={(event) => setQuery({ measure: event.currentTarget.value })}>
          {MEASURES.map((name) => <option key={name} value={name}>{words.measures[name]}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="units">{words.units}</label>
        <select id="units" value={units} onChange={(event) => setQuery({ units: event.currentTarget.value })}>
          {offered.map((name) => <option key={name} value={name}>{words.unit[name]}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="release">{words.release}</label>
        <select id="release" value={release} onChange={(event) => setQuery({ release: event.currentTarget.value })}>
          {releases.map(({ id, made_at }) => <option key={id} value={id}>{formats.value.date(made_at)}</option>)}
        </select>
      </div>
    </fieldset>
  );
}
