import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { Loading } from '../../components/Loading';
import { formats } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { useLoad } from '../../lib/useLoad';
import { localTime } from '../../lib/zone';
import { ChangeList } from './ChangeList';
import { changedFields, isFirst } from './changes';
import { Failure } from './Failure';

/** Who changed what, and when. */
export function History({ id }: { id: string }) {
  const words = directoryMessages.value;
  const { date, number } = formats.value;
  const { id: community, time_zone } = openCommunity();
  const history = useLoad(() => api.directory.history(community, id), [community, id]);
  if (history.reason !== null) return <Failure reason={history.reason} retry={history.again} />;
  if (!history.value) return <Loading />;
  return (
    <>
      <p>{words.historyLead}</p>
      <ol class="plain-list stack">
        {history.value.changes.map((change) => {
          const fields = changedFields(change.before, change.after);
          return (
            <li key={`${change.at} ${change.op}`} class="card stack-small">
              <h2 class="history-title">{words.op[change.op]}</h2>
              <p class="small muted">
                <time dateTime={change.at}>{words.at(date(change.at), localTime(new Date(change.at), time_zone ?? 'UTC').slice(11))}</time>
                {change.who && <> · {words.by(change.who)}</>}
              </p>
              {isFirst(change)
                ? <details><summary>{words.firstFields(number(fields.length))}</summary><ChangeList first changes={fields} none={words.noFields} /></details>
                : <ChangeList changes={fields} none={words.noFields} />}
            </li>
          );
        })}
      </ol>
    </>
  );
}
