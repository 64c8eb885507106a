import { api } from '../../api/client';
import type { Differences, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { CopyLink } from '../../components/CopyLink';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
import { SavePng } from '../../lib/drawing/SavePng';
import { saveFile } from '../../lib/drawing/save';
import type { Sheet } from '../../lib/drawing/sheet';
import { changesCsv, type Changing } from './changes';

/** How to read a comparison, and what it cannot say. */
export function ChangeNotes() {
  const words = compare.words;
  const notes = [[words.howTitle, words.how], [words.cannotTitle, words.cannot]] as const;
  return (
    <div class="reading-notes">
      {notes.map(([title, texts]) => (
        <details key={title} open>
          <summary><h2>{title}</h2></summary>
          <ul class="stack-small">{texts.map((text) => <li key={text}>{text}</li>)}</ul>
        </details>
      ))}
    </div>
  );
}

interface Taken {
  difference: Differences;
  earlier: Release;
  later: Release;
  measure: Changing;
  units: Units;
  sheet: () => Sheet | null;
}

/** The comparison as a picture and in open formats, with both releases, their rules and whom to credit; and on paper. */
export function TakeComparison({ difference, earlier, later, measure, units, sheet }: Taken) {
  const words = compare.words;
  const { id } = openCommunity();
  const name = `stead-${id}-difference-${measure}-${units}-${earlier.made_at.slice(0, 10)}-${later.made_at.slice(0, 10)}`;
  const saveTable = () => {
    const text = changesCsv(difference.features, {
      measure, statistic: difference.stat, units, n_tested: String(difference.n_tested),
      from: earlier.id, from_made_at: earlier.made_at, release: later.id, made_at: later.made_at,
      policy: difference.policy, promise: difference.guarantee, attribution: difference.attribution ?? '',
    });
    saveFile(text, 'text/csv', `${name}.csv`);
  };
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{planner.words.takeLead}</p>
      <ul class="chips plain-list">
        <li><SavePng sheet={sheet} /></li>
        <li><button type="button" class="button button-small" onClick={saveTable}>{words.takeTable}</button></li>
        <li><a class="button button-small" download={`${name}.geojson`} href={api.differenceAddress(id, later.id, earlier.id, measure, units)}>{words.takeShapes}</a></li>
        <li><a class="button button-small" download href={api.package.difference(id, later.id, earlier.id, measure, units)}>{planner.words.takePackage}</a></li>
        <li><button type="button" class="button button-small" onClick={() => print()}>{planner.words.print}</button></li>
      </ul>
      <CopyLink pinned={{ of: 'releases', release: later.id, from: earlier.id, measure, units }} />
    </section>
  );
}
