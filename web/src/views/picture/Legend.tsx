import { messages } from '../../i18n';
import { ClassMark } from './ClassMark';
import { CLASSES } from './sorting';

/** One legend for the map and the table, in words. */
export function Legend() {
  const words = messages.value.picture;
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{words.legend}</h2>
      <ul class="plain-list legend-classes">
        {CLASSES.map((name) => <li key={name}><ClassMark of={name} /> {words.className[name]}</li>)}
      </ul>
      <p class="small muted">{words.legendOutline} {words.legendHatch}</p>
    </section>
  );
}
