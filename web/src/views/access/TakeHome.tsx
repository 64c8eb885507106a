import { useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { ProblemNotice } from '../../components/ProblemNotice';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import { SavePng } from '../../lib/drawing/SavePng';
import { saveFile } from '../../lib/drawing/save';
import type { Sheet } from '../../lib/drawing/sheet';
import type { Described } from './files';

interface TakeHomeProps {
  /** For the files' names. */
  what: string;
  day: string;
  table: () => string;
  shapes: () => Described;
  /** Where the server has the same as a GeoPackage, or how it is asked for one. */
  packaged: string | (() => Promise<Blob>);
  sheet: () => Sheet | null;
}

/** The page as a picture, its numbers in open formats, and the page on paper. */
export function TakeHome({ what, day, table, shapes, packaged, sheet }: TakeHomeProps) {
  const words = accessWords.words;
  const { id } = openCommunity();
  const name = `stead-${id}-${what}-${day}`;
  const [reason, setReason] = useState<unknown>(null);
  const save = (made: () => Promise<Blob>): Promise<void> => made().then((file) => {
    saveFile(file, file.type, `${name}.gpkg`);
    setReason(null);
  }, setReason);
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{words.takeLead}</p>
      <ul class="chips plain-list">
        <li><SavePng sheet={sheet} /></li>
        <li><button type="button" class="button button-small" onClick={() => saveFile(table(), 'text/csv', `${name}.csv`)}>{words.takeTable}</button></li>
        <li><button type="button" class="button button-small" onClick={() => saveFile(JSON.stringify(shapes()), 'application/geo+json', `${name}.geojson`)}>{words.takeShapes}</button></li>
        <li>
          {typeof packaged === 'string'
            ? <a class="button button-small" download href={packaged}>{planner.words.takePackage}</a>
            : <button type="button" class="button button-small" onClick={() => void save(packaged)}>{planner.words.takePackage}</button>}
        </li>
        <li><button type="button" class="button button-small" onClick={() => print()}>{words.print}</button></li>
      </ul>
      {reason !== null && typeof packaged !== 'string' && <ProblemNotice reason={reason} retry={() => void save(packaged)} />}
    </section>
  );
}
