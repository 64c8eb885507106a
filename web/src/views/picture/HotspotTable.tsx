import { useState } from 'preact/hooks';
import type { HotspotProperties, Hotspots } from '../../api/types';
import { formats, language, messages } from '../../i18n';
import { ClassMark } from './ClassMark';
import { sorted, type Column, type Order } from './sorting';

const COLUMNS: readonly Column[] = ['name', 'value', 'interval', 'people', 'q', 'class'];
/** A page that can be read; the rest is one press away. */
const FIRST_ROWS = 20;

interface HotspotTableProps {
  hotspots: Hotspots;
  chosen: string | null;
  choose: (unit: string) => void;
}

/** The same numbers as the map, to sort and to read out. */
export function HotspotTable({ hotspots, chosen, choose }: HotspotTableProps) {
  const words = messages.value.picture;
  const { number } = formats.value;
  const [order, setOrder] = useState<Order>({ column: 'class', down: false });
  const [all, setAll] = useState(false);
  const rows = sorted(hotspots.features.map(({ properties }) => properties), order, language.value);
  // The area chosen on the map is always in the table, even when the rest is folded away.
  const shown = all ? rows : rows.filter(({ unit }, index) => index < FIRST_ROWS || unit === chosen);
  const sortBy = (column: Column) => setOrder({ column, down: order.column === column && !order.down });

  return (
    <div class="stack-small">
      <h2 id="table-title">{words.tableTitle}</h2>
      <p class="small muted">{words.tableCaption(number(rows.length))}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" class={`column-${column}`} aria-sort={order.column !== column ? undefined : order.down ? 'descending' : 'ascending'}>
                  <button type="button" onClick={() => sortBy(column)}>
                    {words.column[column]}
                    <span aria-hidden="true" class="sort-mark">{order.column !== column ? '' : order.down ? '▼' : '▲'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((area) => <Row key={area.unit} area={area} cells={hotspots.units === 'cells'} chosen={area.unit === chosen} choose={choose} />)}
          </tbody>
        </table>
      </div>
      {rows.length > FIRST_ROWS && (
        <button type="button" class="button" aria-expanded={all} onClick={() => setAll(!all)}>{all ? words.showFew : words.showAll(number(rows.length))}</button>
      )}
    </div>
  );
}

function Row({ area, cells, chosen, choose }: { area: HotspotProperties; cells: boolean; chosen: boolean; choose: (unit: string) => void }) {
  const words = messages.value.picture;
  const { number, chance } = formats.value;
  const enough = area.class !== 'not_enough';
  const value = (n: number) => (enough ? number(n) : '–');
  return (
    <tr id={`area-${area.unit}`} class={chosen ? 'is-chosen' : undefined}>
      <th scope="row">
        <button type="button" aria-pressed={chosen} onClick={() => choose(area.unit)}>
          {area.name ?? words.cell}
          {/* Several hexagons share a neighbourhood's name; the end of the index tells them apart. */}
          {cells && <span class="unit"> {area.unit.replace(/f+$/, '').slice(-4)}</span>}
        </button>
      </th>
      <td class="figures">{enough ? value(area.value) : words.tooFew}</td>
      <td class="figures">{enough ? words.between(number(area.low), number(area.high)) : '–'}</td>
      <td class="figures">{value(area.people)}</td>
      <td class="figures">{enough && area.q != null ? chance(area.q) : '–'}</td>
      <td><span class="class-cell"><ClassMark of={area.class} /> {words.className[area.class]}</span></td>
    </tr>
  );
}
