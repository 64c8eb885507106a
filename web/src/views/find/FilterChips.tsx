import { useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { setQuery } from '../../app/router';
import { Chip } from '../../components/Chip';
import { formats, inLanguage, messages } from '../../i18n';
import { isFiltered, queryOf, toggled, type Filters } from './filters';

/** Kinds shown before "more": enough to choose from, few enough to read. */
const FIRST_KINDS = 6;

export function FilterChips({ filters }: { filters: Filters }) {
  const words = messages.value;
  const { categories, support_types } = openCommunity().vocabulary;
  const [all, setAll] = useState(false);
  const change = (part: Partial<Filters>) => setQuery(queryOf({ ...filters, ...part }));
  // A chosen kind stays in view even when the rest is folded away.
  const shown = categories.filter(({ id }, index) => all || index < FIRST_KINDS || filters.type.includes(id));
  const hidden = categories.length - shown.length;

  return (
    <div class="stack-small">
      <fieldset>
        <legend>{words.find.kinds}</legend>
        <div class="chips">
          {shown.map(({ id, labels }) => (
            <Chip key={id} on={filters.type.includes(id)} toggle={() => change({ type: toggled(filters.type, id) })}>{inLanguage(labels, id)}</Chip>
          ))}
          {(hidden > 0 || all) && categories.length > FIRST_KINDS && (
            <button type="button" class="button-quiet" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? words.find.fewer : words.find.more(formats.value.number(hidden))}
            </button>
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.find.gives}</legend>
        <div class="chips">
          {support_types.map((type) => (
            <Chip key={type} on={filters.support.includes(type)} toggle={() => change({ support: toggled(filters.support, type) })}>{words.supportType[type]}</Chip>
          ))}
          <Chip on={filters.free} toggle={() => change({ free: !filters.free })}>{words.find.free}</Chip>
        </div>
      </fieldset>
      {isFiltered(filters) && (
        <button type="button" class="button-quiet" onClick={() => change({ type: [], support: [], free: false, q: '' })}>{words.find.clear}</button>
      )}
    </div>
  );
}
