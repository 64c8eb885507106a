import type { Place } from '../../api/types';
import { formats, messages } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { barriersOf, chimeOf, feelingsOf, kindOf } from './counts';

/** As many rows as a page can hold; the file that is taken home has them all. */
const ROWS = 500;

export function PlaceTable({ places, feelingWord }: { places: readonly Place[]; feelingWord: (id: string) => string }) {
  const words = studyMessages.value;
  const precision = messages.value.add.precision;
  const columns = ['kind', 'feelings', 'chime', 'barriers', 'precision', 'since'] as const;
  const cell = (place: Place, column: (typeof columns)[number]): string => {
    switch (column) {
      case 'kind': return kindOf(place).map((kind) => words.kindWord[kind] ?? kind).join();
      case 'feelings': return feelingsOf(place).map(feelingWord).join(', ');
      case 'chime': return chimeOf(place).map((id) => words.chimeWord[id] ?? id).join(', ');
      case 'barriers': return barriersOf(place).map((id) => words.barrierWord[id] ?? id).join(', ');
      case 'precision': return precision[place.properties.precision].title;
      case 'since': return place.properties.since ?? '';
    }
  };
  return (
    <details>
      <summary>{words.showPlaces(formats.value.number(places.length))}</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={words.places}>
        <table class="roomy">
          <thead><tr><th scope="col">{words.column.name}</th>{columns.map((column) => <th key={column} scope="col">{words.column[column]}</th>)}</tr></thead>
          <tbody>
            {places.slice(0, ROWS).map((place) => (
              <tr key={place.id}>
                <th scope="row">{place.properties.name ?? words.unnamed}</th>
                {columns.map((column) => <td key={column}>{cell(place, column)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
