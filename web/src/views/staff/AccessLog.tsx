import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { AccessLogRow } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { staffMessages } from '../../i18n/staff';
import { useLoad } from '../../lib/useLoad';
import { brokenAt, readingOf } from './accessLog';

/** /{community}/staff/log: who read the places that people share, for stewards and operators. */
export function AccessLog() {
  const words = staffMessages.value.log;
  const { id } = openCommunity();
  const { number, dateTime } = formats.value;
  const [older, setOlder] = useState<AccessLogRow[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const [reason, setReason] = useState<unknown>(null);
  const load = useLoad(() => api.staff.accessLog(id, null), [id]);
  const rows = [...(load.value?.rows ?? []), ...older];
  const before = next === undefined ? load.value?.next : next;
  const more = async (from: number) => {
    setReason(null);
    try {
      const page = await api.staff.accessLog(id, from);
      setOlder((had) => [...had, ...page.rows]);
      setNext(page.next ?? null);
    } catch (failure) {
      setReason(failure);
    }
  };
  const broken = brokenAt(rows);
  const failed = load.reason ?? reason;
  return (
    <div class="picture stack">
      <p class="back-line"><a href={here('staff')}>{words.back}</a></p>
      <PageTitle>{words.title}</PageTitle>
      <p>{words.lead}</p>
      {failed !== null && <ProblemNotice reason={failed} retry={() => { setReason(null); if (load.reason !== null) load.again(); }} />}
      {load.value === null && load.reason === null && <Loading />}
      {load.value && (
        <p role="status">
          {rows.length === 0 ? words.none : words.shown(rows.length, number(rows.length))}{' '}
          {rows.length > 1 && (broken === null ? words.whole : words.broken(number(broken)))}
        </p>
      )}
      {rows.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={words.title}>
          <table class="roomy">
            <thead>
              <tr><th scope="col">{words.number}</th><th scope="col">{words.when}</th><th scope="col">{words.who}</th><th scope="col">{words.what}</th><th scope="col">{words.places}</th></tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const { operation, filters } = readingOf(row.what);
                return (
                  <tr key={row.seq}>
                    <td class="figures">{number(row.seq)}</td>
                    <td>{dateTime(row.at)}</td>
                    <th scope="row">{row.who}</th>
                    <td>{words.operation[operation] ?? operation}{filters.length > 0 && ` (${filters.map((name) => words.filter[name] ?? name).join(', ')})`}</td>
                    <td class="figures">{number(row.places)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {before != null && <button type="button" class="button no-print" onClick={() => void more(before)}>{words.older}</button>}
      <p class="small muted">{words.check}</p>
    </div>
  );
}
