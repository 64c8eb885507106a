import { useState } from 'preact/hooks';
import type { Category } from '../../api/types';
import { openCommunity } from '../../app/community';
import { setQuery } from '../../app/router';
import { Chip } from '../../components/Chip';
import { formats, inLanguage, messages } from '../../i18n';
import { isFiltered, queryOf, toggled, type Filters } from './filters';

/** Kinds shown at once: enough to begin with, few enough that the list stays in view. */
const FIRST_KINDS = 3;

/** One row of chips; the rest unfolds. Whatever is on stays in view, so that no filter works unseen. */
export function FilterChips({ filters }: { filters: Filters }) {
  const words = messages.value;
  const { categories, support_types } = openCommunity().vocabulary;
  const [open, setOpen] = useState(false);
  const change = (part: Partial<Filters>) => setQuery(queryOf({ ...filters, ...part }));
  const kind = ({ id, labels }: Category) => (
    <Chip key={id} on={filters.type.includes(id)} toggle={() => change({ type: toggled(filters.type, id) })}>{inLanguage(labels, id)}</Chip>
  );
  const firstKinds = categories.filter(({ id }, index) => index < FIRST_KINDS || filters.type.includes(id));
  const gives = support_types.map((type) => ({ type, on: filters.support.includes(type) }));
  const folded = categories.length - firstKinds.length + gives.filter(({ on }) => !on).length;
  const give = ({ type, on }: (typeof gives)[number]) => (
    <Chip key={type} on={on} toggle={() => change({ support: toggled(filters.support, type) })}>{words.supportType[type]}</Chip>
  );
  const free = <Chip on={filters.free} toggle={() => change({ free: !filters.free })}>{words.find.free}</Chip>;
  const fold = (
    <button type="button" class="button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
      {open ? words.find.fewer : words.find.more(formats.value.number(folded))}
    </button>
  );
  return (
    <div class="stack-small">
      {open ? (
        <>
          <fieldset>
            <legend>{words.find.kinds}</legend>
            <div class="chips">{categories.map(kind)}</div>
          </fieldset>
          <fieldset>
            <legend>{words.find.gives}</legend>
            <div class="chips">{gives.map(give)}{free}</div>
          </fieldset>
          {fold}
        </>
      ) : (
        <fieldset>
          <legend class="visually-hidden">{words.find.kinds}</legend>
          <div class="chips">{free}{firstKinds.map(kind)}{gives.filter(({ on }) => on).map(give)}{fold}</div>
        </fieldset>
      )}
      {isFiltered(filters) && (
        <button type="button" class="button-quiet" onClick={() => change({ type: [], support: [], free: false, q: '' })}>{words.find.clear}</button>
      )}
    </div>
  );
}
