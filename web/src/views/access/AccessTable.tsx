import { useState } from 'preact/hooks';
import { SortHead } from '../../components/SortHead';
import { formats, language } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { ClassMark } from '../picture/ClassMark';
import { stepOf } from '../picture/measures';
import { SHARES, sorted, type AccessRow, type Column } from './rows';

interface AccessTableProps {
  rows: readonly AccessRow[];
  /** Whether something would change, and so has columns of its own. */
  changed: boolean;
  chosen: string | null;
  choose: (id: string) => void;
  /** Whether places are shared out. */
  relative: boolean;
}

/** The same numbers as the map, to sort and to read out. */
export function AccessTable({ rows, changed, chosen, choose, relative }: AccessTableProps) {
  const words = accessWords.words;
  const { number, decimal, percent, minutes } = formats.value;
  const [order, setOrder] = useState<{ column: Column; down: boolean }>({ column: 'share', down: false });
  const sortBy = (column: Column) => setOrder({ column, down: order.column === column && !order.down });
  const columns: Column[] = changed ? ['name', 'share', 'losing', 'gaining', 'nearest'] : ['name', 'share', 'nearest', 'supports', ...(relative ? ['relative' as const] : [])];
  const people = (count: number | null) => (count === null ? words.unknown : number(count));
  const cell = (row: AccessRow, column: Column) => {
    switch (column) {
      case 'share':
        return (
          <span class="class-cell">
            <ClassMark of="none" step={stepOf(row.share, SHARES)} />
            {row.before !== null && row.before !== row.share ? `${percent(row.before)} → ${percent(row.share)}` : percent(row.share)}
          </span>
        );
      case 'nearest': return row.nearest === null ? '–' : minutes(row.nearest);
      case 'supports': return number(row.supports);
      case 'relative': return row.relative === null ? words.unknown : decimal(row.relative);
      case 'losing': return people(row.losing);
      case 'gaining': return people(row.gaining);
      default: return row.name;
    }
  };
  return (
    <div class="stack-small">
      <h2 id="table-title">{words.tableTitle}</h2>
      <p class="small muted">{words.tableCaption}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
        <table>
          <thead>
            <tr>
              {columns.map((column) => <SortHead key={column} column={column} words={words.column[column]} order={order} sortBy={sortBy} figures={column !== 'name' && column !== 'share'} />)}
            </tr>
          </thead>
          <tbody>
            {sorted(rows, order.column, order.down, language.value).map((row) => (
              <tr key={row.id} id={`area-${row.id}`} class={row.id === chosen ? 'is-chosen' : undefined}>
                <th scope="row"><button type="button" aria-pressed={row.id === chosen} onClick={() => choose(row.id)}>{row.name}</button></th>
                {columns.slice(1).map((column) => <td key={column} class={column === 'share' ? undefined : 'figures'}>{cell(row, column)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
