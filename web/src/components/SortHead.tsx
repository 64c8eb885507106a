interface SortHeadProps<Column extends string> {
  column: Column;
  words: string;
  /** By which column the table is sorted, and whether from the largest. */
  order: { column: Column; down: boolean };
  sortBy: (column: Column) => void;
  /** Stands above numbers, and as they do: on the right. */
  figures: boolean;
  /** For cells that name their heads, as those below two rows of heads have to. */
  id?: string;
}

/** The head of a column by which a table can be sorted. */
export function SortHead<Column extends string>({ column, words, order, sortBy, figures, id }: SortHeadProps<Column>) {
  const sorted = order.column === column;
  return (
    <th scope="col" id={id} class={figures ? 'figures' : undefined} aria-sort={sorted ? (order.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => sortBy(column)}>
        {words}
        <span aria-hidden="true" class="sort-mark">{sorted ? (order.down ? '▼' : '▲') : ''}</span>
      </button>
    </th>
  );
}
