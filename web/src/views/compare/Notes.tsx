import { api } from '../../api/client';
import type { Differences, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
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
}

/** The comparison in open formats, with both releases, their rules and whom to credit; and on paper. */
export function TakeComparison({ difference, earlier, later, measure, units }: Taken) {
  const words = compare.words;
  const { id } = openCommunity();
  const name = `stead-${id}-difference-${measure}-${units}-${earlier.made_at.slice(0, 10)}-${later.made_at.slice(0, 10)}`;
  const saveTable = () => {
    const text = changesCsv(difference.features, {
      measure, statistic: difference.stat, units, n_tested: String(difference.n_tested),
      from: earlier.id, from_made_at: earlier.made_at, release: later.id, made_at: later.made_at,
      policy: difference.policy, promise: difference.guarantee, attribution: difference.attribution ?? '',
    });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{planner.words.takeLead}</p>
      <ul class="chips plain-list">
        <li><button type="button" class="button button-small" onClick={saveTable}>{words.takeTable}</button></li>
        <li><a class="button button-small" download={`${name}.geojson`} href={api.differenceAddress(id, later.id, earlier.id, measure, units)}>{words.takeShapes}</a></li>
        <li><button type="button" class="button button-small" onClick={() => print()}>{planner.words.print}</button></li>
      </ul>
    </section>
  );
}
