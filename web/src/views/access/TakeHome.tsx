import { openCommunity } from '../../app/community';
import { accessWords } from '../../i18n/access';
import { save, type Described } from './files';

interface TakeHomeProps {
  /** For the files' names. */
  what: string;
  day: string;
  table: () => string;
  shapes: () => Described;
}

/** The numbers of this page in open formats, and the page on paper. */
export function TakeHome({ what, day, table, shapes }: TakeHomeProps) {
  const words = accessWords.words;
  const { id } = openCommunity();
  const name = `stead-${id}-${what}-${day}`;
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{words.takeLead}</p>
      <ul class="chips plain-list">
        <li><button type="button" class="button button-small" onClick={() => save(`${name}.csv`, 'text/csv', table())}>{words.takeTable}</button></li>
        <li><button type="button" class="button button-small" onClick={() => save(`${name}.geojson`, 'application/geo+json', JSON.stringify(shapes()))}>{words.takeShapes}</button></li>
        <li><button type="button" class="button button-small" onClick={() => print()}>{words.print}</button></li>
      </ul>
    </section>
  );
}
