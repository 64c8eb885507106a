import { useState } from 'preact/hooks';
import type { Difference, Units } from '../../api/types';
import { route, setQuery } from '../../app/router';
import { SortHead } from '../../components/SortHead';
import { formats, language, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { orderText } from '../../lib/order';
import { ClassMark } from '../picture/ClassMark';
import { COLUMNS, orderOf, sortedChanges, type Changing, type Column } from './changes';
import { changeWords } from './compareSheet';

/** A page that can be read; the rest is one press away. */
const FIRST_ROWS = 20;

/** The same numbers as the drawing; the order is in the address. */
export function DifferenceTable({ features, measure, units }: { features: readonly Difference[]; measure: Changing; units: Units }) {
  const words = compare.words;
  const picture = messages.value.picture;
  const { number, signed, decimal, chance } = formats.value;
  const [all, setAll] = useState(false);
  const order = orderOf(route.value.query.get('sort'));
  const rows = sortedChanges(features.map(({ properties }) => properties), order, language.value);
  const sortBy = (column: Column) => setQuery({ sort: orderText({ column, down: order.column === column && !order.down }) });
  const show = (value: number) => (measure === 'quality' ? signed(value) : `${value > 0 ? '+' : ''}${measure === 'relative' ? decimal(value) : number(value)}`);
  return (
    <div class="stack-small">
      <h3 id="changes-title">{words.tableTitle}</h3>
      <p class="small muted">{words.tableCaption(number(rows.length))}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="changes-title">
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => <SortHead key={column} column={column} words={words.column[column]} order={order} sortBy={sortBy} figures={column !== 'name' && column !== 'class'} />)}
            </tr>
          </thead>
          <tbody>
            {(all ? rows : rows.slice(0, FIRST_ROWS)).map((area) => {
              const enough = area.class !== 'not_enough';
              return (
                <tr key={area.unit}>
                  <th scope="row" class="plain-head">
                    {area.name ?? picture.cell}
                    {/* Several hexagons share a neighbourhood's name; the end of the index tells them apart. */}
                    {units === 'cells' && <span class="unit"> {area.unit.replace(/f+$/, '').slice(-4)}</span>}
                  </th>
                  <td class="figures">{enough && area.value !== null ? show(area.value) : picture.tooFew}</td>
                  <td class="figures">{enough && area.low !== null && area.high !== null ? picture.between(show(area.low), show(area.high)) : '–'}</td>
                  <td class="figures">{enough ? number(area.people_before) : '–'}</td>
                  <td class="figures">{enough ? number(area.people) : '–'}</td>
                  <td class="figures">{enough && area.q !== null ? chance(area.q) : '–'}</td>
                  <td><span class="class-cell"><ClassMark of={area.class} /> {changeWords(measure, words)[area.class]}</span></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length > FIRST_ROWS && (
        <button type="button" class="button no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? picture.showFew : picture.showAll(number(rows.length))}</button>
      )}
    </div>
  );
}
