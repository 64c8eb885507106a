import { useMemo } from 'preact/hooks';
import type { Neighbourhood, Place } from '../../api/types';
import { openCommunity } from '../../app/community';
import { formats, inLanguage } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { CountBars } from './CountBars';
import { barriersOf, byNeighbourhood, chimeOf, counted, feelingsOf, kindOf } from './counts';
import { PlaceTable } from './PlaceTable';

/** Feelings that a table on a screen has room for. */
const COLUMNS = 8;

/** What the places say together, each with its n. Counted here, of the records that were read. */
export function Results({ places, neighbourhoods }: { places: readonly Place[]; neighbourhoods: readonly Neighbourhood[] }) {
  const words = studyMessages.value;
  const { number } = formats.value;
  const { vocabulary } = openCommunity();
  const feelings = useMemo(() => counted(places, feelingsOf), [places]);
  const rows = useMemo(() => byNeighbourhood(places, neighbourhoods, feelingsOf), [places, neighbourhoods]);
  const feelingWord = (id: string) => inLanguage(vocabulary.feelings.find((term) => term.id === id)?.labels, id);
  const shown = feelings.slice(0, COLUMNS);
  const sections = [
    { title: words.kind, counts: counted(places, kindOf), word: (id: string) => words.kindWord[id] ?? id },
    { title: words.allFeelings, counts: feelings, word: feelingWord },
    { title: words.allChime, counts: counted(places, chimeOf), word: (id: string) => words.chimeWord[id] ?? id },
    { title: words.allBarriers, counts: counted(places, barriersOf), word: (id: string) => words.barrierWord[id] ?? id },
  ];
  return (
    <div class="stack study-results">
      <p class="promise">{words.caution}</p>
      {shown.length > 0 && (
        <section class="stack-small">
          <h2 id="study-feelings">{words.feelingTable}</h2>
          <p class="small muted">{words.feelingTableLead}</p>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="study-feelings">
            <table class="roomy">
              <thead>
                <tr>
                  <th scope="col">{words.neighbourhood}</th>
                  <th scope="col">n</th>
                  {shown.map(({ id }) => <th key={id} scope="col">{feelingWord(id)}</th>)}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id ?? ''}>
                    <th scope="row">{row.name ?? words.outside}</th>
                    <td class="figures">{number(row.n)}</td>
                    {shown.map(({ id }) => <td key={id} class="figures">{number(row.counts.get(id) ?? 0)}</td>)}
                  </tr>
                ))}
                <tr>
                  <th scope="row">{words.all}</th>
                  <td class="figures">{number(places.length)}</td>
                  {shown.map(({ id, n }) => <td key={id} class="figures">{number(n)}</td>)}
                </tr>
              </tbody>
            </table>
          </div>
        </section>
      )}
      <div class="study-counts">
        {sections.map(({ title, counts, word }) => <CountBars key={title} title={title} counts={counts} n={places.length} word={word} />)}
      </div>
      <PlaceTable places={places} feelingWord={feelingWord} />
    </div>
  );
}
