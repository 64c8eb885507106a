import { messages } from '../../i18n';
import { LookMark } from '../../lib/drawing/LookMark';
import type { LegendWords } from './legend';

/** One legend for the map and the table, in words. */
export function Legend({ legend: { entries, notes } }: { legend: LegendWords }) {
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{messages.value.picture.legend}</h2>
      <ul class="plain-list legend-classes">
        {entries.map(({ look, words }) => <li key={words}><LookMark look={look} /> {words}</li>)}
      </ul>
      <p class="small muted">{notes.join(' ')}</p>
    </section>
  );
}
