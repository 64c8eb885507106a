import { route, setQuery } from '../../app/router';
import { SortHead } from '../../components/SortHead';
import { formats, language, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { orderText } from '../../lib/order';
import { ClassMark } from '../picture/ClassMark';
import { classWords } from '../picture/HotspotTable';
import { stepOf, type Steps } from '../picture/measures';
import type { Pair, Pairable, Spread } from './pairs';
import { columnOf, pairOrder, partsOf, sortedPairs, type Part } from './pairRows';

/** One of the two measures: how it is called, written and shaded. */
export interface Told {
  measure: Pairable;
  name: string;
  steps: Steps | null;
  written: (value: number) => string;
}

/** Two rows of heads stand over a number: its cell names them, for those who hear the table. */
const headOf = (of: string): string => `pairs-${of}`;

/** The numbers of both drawings and of the points, with their company; the order is in the address. */
export function PairTable({ pairs, told }: { pairs: readonly Pair[]; told: readonly [Told, Told] }) {
  const words = compare.words;
  const picture = messages.value.picture;
  const { number } = formats.value;
  const order = pairOrder(route.value.query.get('sort'), [told[0].measure, told[1].measure]);
  const sortBy = (column: typeof order.column) => setQuery({ sort: orderText({ column, down: order.column === column && !order.down }) });
  const sides = [['one', told[0]], ['other', told[1]]] as const;
  const head = (column: typeof order.column, said: string, figures: boolean) => <SortHead key={column} id={headOf(column)} column={column} words={said} order={order} sortBy={sortBy} figures={figures} />;
  return (
    <section class="stack-small">
      <h2 id="pairs-title">{words.tableTitle}</h2>
      <p class="small muted">{words.tableCaption(number(pairs.length))}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="pairs-title">
        <table class="pair-table">
          <thead>
            <tr>
              <td colSpan={2} />
              {sides.map(([side, { measure, name }]) => <th key={side} id={headOf(side)} scope="colgroup" colSpan={partsOf(measure).length} class="plain-head">{name}</th>)}
            </tr>
            <tr>
              {head('name', picture.column.name, false)}
              {head('people', picture.column.people, true)}
              {sides.map(([side, { measure }]) => partsOf(measure).map((part) => head(columnOf(side, part), picture.column[part], part !== 'class')))}
            </tr>
          </thead>
          <tbody>
            {sortedPairs(pairs, order, language.value).map((pair) => (
              <tr key={pair.unit}>
                <th id={headOf(pair.unit)} scope="row" class="plain-head">{pair.name}</th>
                <td class="figures" headers={`${headOf(pair.unit)} ${headOf('people')}`}>{pair.people === null ? '–' : number(pair.people)}</td>
                {sides.map(([side, of]) => partsOf(of.measure).map((part) => (
                  <td key={`${side}-${part}`} headers={[pair.unit, side, columnOf(side, part)].map(headOf).join(' ')} class={part === 'class' ? undefined : 'figures'}><PairCell spread={pair[side]} part={part} told={of} /></td>
                )))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PairCell({ spread, part, told: { measure, steps, written } }: { spread: Spread | null; part: Part; told: Told }) {
  const words = messages.value.picture;
  switch (part) {
    case 'value': return <>{spread ? written(spread.value) : words.tooFew}</>;
    case 'interval': return <>{spread ? words.between(written(spread.low), written(spread.high)) : '–'}</>;
    case 'q': return <>{spread?.q == null ? '–' : formats.value.chance(spread.q)}</>;
    case 'class': {
      const of = spread?.class ?? 'not_enough';
      return <span class="class-cell"><ClassMark of={of} step={spread && steps && stepOf(spread.value, steps)} /> {classWords(of, measure)}</span>;
    }
  }
}
