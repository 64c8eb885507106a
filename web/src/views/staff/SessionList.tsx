import type { StaffSession } from '../../api/types';
import { formats } from '../../i18n';
import { staffMessages } from '../../i18n/staff';

export function SessionList({ sessions, close }: { sessions: readonly StaffSession[]; close: (id: string) => void }) {
  const words = staffMessages.value;
  const { date } = formats.value;
  return (
    <section class="stack-small no-print">
      <h2>{words.sessions}</h2>
      <ul class="plain-list stack-small">
        {sessions.map((session) => {
          const device = session.device || words.unknownDevice;
          return (
            <li key={session.id} class="card">
              <p><strong>{device}</strong>{session.current && ` (${words.thisDevice})`}</p>
              <p class="small muted">{words.sessionSince(date(session.created_at), date(session.seen_at))}</p>
              {!session.current && <button type="button" class="button" aria-label={words.closeOf(device)} onClick={() => close(session.id)}>{words.close}</button>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
