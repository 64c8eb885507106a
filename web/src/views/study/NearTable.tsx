import type { NearRow } from '../../api/types';
import { openCommunity } from '../../app/community';
import { formats, inLanguage, messages } from '../../i18n';
import { studyMessages } from '../../i18n/study';

export function NearTable({ rows }: { rows: readonly NearRow[] }) {
  const words = studyMessages.value;
  const { distance, minutes, number } = formats.value;
  const { vocabulary } = openCommunity();
  const category = (id: string) => inLanguage(vocabulary.categories.find((one) => one.id === id)?.labels, id);
  const openness = (open: boolean | null | undefined) => (open == null ? words.openUnknown : open ? words.open : words.closed);
  return (
    <>
      <p id="near-count">{words.rows(number(rows.length))}</p>
      <div class="table-scroll study-near" tabIndex={0} role="region" aria-labelledby="near-count">
        <table class="roomy">
          <thead><tr>{Object.entries(words.nearColumn).map(([id, label]) => <th key={id} scope="col">{label}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.of} ${row.kind ?? ''} ${row.rank ?? 0}`}>
                <th scope="row">{row.name ?? words.unnamed}{row.precision_m > 0 && <span class="unit"> {words.within(distance(row.precision_m))}</span>}</th>
                <td>{row.kind ? category(row.kind) : words.anyKindOfSupport}</td>
                <td class="figures">{row.rank == null ? words.noneNear : number(row.rank)}</td>
                <td>{row.support ? (row.support_name ?? messages.value.find.unnamed(category(row.category ?? ''))) : ''}</td>
                <td class="figures">{row.distance_m == null ? '' : distance(row.distance_m)}</td>
                <td class="figures">{row.walking_minutes == null ? '' : minutes(row.walking_minutes)}</td>
                <td>{row.support ? openness(row.open) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
