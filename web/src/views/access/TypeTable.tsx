import type { WhatIf } from '../../api/types';
import { formats } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';

/** What a plan changes for each type of support. */
export function TypeTable({ types }: { types: WhatIf['types'] }) {
  const words = accessWords.words;
  const { number, percent, list } = formats.value;
  const people = (count: number | null | undefined) => (count == null ? words.unknown : number(count));
  const share = ({ residents, residents_within }: WhatIf['before']) => (residents && residents_within != null ? percent(residents_within / residents) : words.unknown);
  const where = (areas: WhatIf['types'][number]['neighbourhoods']) =>
    [...areas].filter((area) => area.share_losing > 0).sort((a, b) => b.share_losing - a.share_losing).slice(0, 3).map(({ name }) => name);
  return (
    <div class="stack-small">
      <h2 id="types-title">{words.byType}</h2>
      <p class="small muted">{words.byTypeLead}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="types-title">
        <table class="plain-table">
          <thead>
            <tr>{(['type', 'before', 'losing', 'gaining', 'where'] as const).map((column) => <th key={column} scope="col" class={column === 'type' || column === 'where' ? undefined : 'figures'}>{words.typeColumn[column]}</th>)}</tr>
          </thead>
          <tbody>
            {types.map(({ support, before, after, residents_losing, residents_gaining, neighbourhoods }) => (
              <tr key={support}>
                <th scope="row">{planner.words.kinds[support]}</th>
                <td class="figures">{share(before) === share(after) ? share(before) : `${share(before)} → ${share(after)}`}</td>
                <td class="figures">{people(residents_losing)}</td>
                <td class="figures">{people(residents_gaining)}</td>
                <td>{where(neighbourhoods).length > 0 ? list(where(neighbourhoods)) : words.nowhere}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
