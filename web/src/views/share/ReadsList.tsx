import { api } from '../../api/client';
import type { Read } from '../../api/types';
import { openCommunity } from '../../app/community';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';

/** As many as are shown at once; the rest folds away. */
const FEW = 5;

/** Who has read my places. */
export function ReadsList() {
  const words = messages.value.reads;
  const { id } = openCommunity();
  const load = useLoad(() => api.reads(id), [id]);
  const reads = load.value?.reads;
  return (
    <section class="stack-small">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {reads?.length === 0 && <p>{words.none}</p>}
      {reads && <Entries reads={reads.slice(0, FEW)} />}
      {reads && reads.length > FEW && (
        <details>
          <summary>{words.more(formats.value.number(reads.length - FEW))}</summary>
          <Entries reads={reads.slice(FEW)} />
        </details>
      )}
    </section>
  );
}

function Entries({ reads }: { reads: readonly Read[] }) {
  const words = messages.value.reads;
  const { date, number } = formats.value;
  return (
    <ul class="plain-list stack-small">
      {reads.map((read, index) => (
        <li key={`${read.at} ${index}`}>
          {date(read.at)}: <span class="reader">{read.who}</span> {read.what.startsWith('export') ? words.took(read.count, number(read.count)) : words.read(read.count, number(read.count))}
        </li>
      ))}
    </ul>
  );
}
