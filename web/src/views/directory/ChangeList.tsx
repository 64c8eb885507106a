import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { formats, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import type { FieldChange } from './changes';
import { valueInWords } from './valueWords';

/** Each field that changed, with what it said before and after; of the first state only what it said. */
export function ChangeList({ changes, none, first = false }: { changes: readonly FieldChange[]; none: string; first?: boolean }) {
  const own = directoryMessages.value;
  const speaking = { words: messages.value, own, formats: formats.value, vocabulary: openCommunity().vocabulary };
  if (changes.length === 0) return <p>{none}</p>;
  return (
    <dl class="changes">
      {changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{own.field[field] ?? field}</dt>
          <dd>
            {!first && <span><span class="small muted">{own.from}</span> {from === null ? <em>{own.nothing}</em> : <del>{valueInWords(field, from, speaking)}</del>}</span>}
            <span>
              {!first && <span class="small muted">{own.to} </span>}
              {field === 'merged_into' && typeof to === 'string'
                ? <a href={here('staff', 'directory', to)}>{own.mergePick}</a>
                : to === null ? <em>{own.nothing}</em> : <ins>{valueInWords(field, to, speaking)}</ins>}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
