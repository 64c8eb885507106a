import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import type { StaffPerson } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { staffMessages } from '../../i18n/staff';
import { useLoad } from '../../lib/useLoad';
import { NewCodes } from './NewCodes';
import { SessionList } from './SessionList';
import { TokenList } from './TokenList';
import { left } from './staffSession';

/** What somebody of the staff has open, and what they may do. */
export function Desk({ who, signedOut }: { who: StaffPerson; signedOut: () => void }) {
  const words = staffMessages.value;
  const { id } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const sessions = useLoad(() => api.staff.sessions(), []);
  const tokens = useLoad(() => api.staff.tokens(), []);

  const act = async (work: () => Promise<void>) => {
    setReason(null);
    try {
      await work();
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) left();
      else setReason(failure);
    }
  };
  const signOut = () => act(async () => {
    // By its number: who is a participant in this browser, too, stays one.
    const current = sessions.value?.sessions.find((session) => session.current);
    if (current) await api.staff.closeSession(current.id);
    else await api.signOut();
    signedOut();
    left();
  });
  const mine = who.roles.filter((role) => role.community === id);
  const failed = reason ?? sessions.reason ?? tokens.reason;
  return (
    <div class="narrow stack desk">
      <PageTitle>{words.title}</PageTitle>
      <p>{words.signedInAs(who.email)}</p>
      {failed !== null && <ProblemNotice reason={failed} retry={() => { setReason(null); sessions.again(); tokens.again(); }} />}
      <section class="stack-small">
        <h2>{words.roles}</h2>
        {mine.length === 0 ? <p>{words.noRole}</p> : <ul class="plain-list">{mine.map(({ role }) => <li key={role}>{words.role[role]}</li>)}</ul>}
        {mine.some(({ role }) => role === 'steward') && <p><a class="button" href={here('staff', 'directory')}>{words.directory}</a></p>}
        {mine.some(({ role }) => role === 'steward') && <p><a class="button" href={here('staff', 'invitations')}>{words.invitations.title}</a></p>}
        {mine.some(({ role }) => role === 'steward') && <p><a class="button" href={here('staff', 'stories')}>{words.stories.title}</a></p>}
        {mine.some(({ role }) => role === 'planner') && <p><a class="button" href={here('staff', 'snapshots')}>{words.snapshots}</a></p>}
        {mine.some(({ role }) => role === 'researcher') && <p><a class="button" href={here('staff', 'study')}>{words.study}</a></p>}
        {mine.some(({ role }) => role === 'steward' || role === 'operator') && <p><a class="button" href={here('staff', 'log')}>{words.log.title}</a></p>}
      </section>
      <SessionList sessions={sessions.value?.sessions ?? []} close={(session) => void act(async () => { await api.staff.closeSession(session); sessions.again(); })} />
      <TokenList tokens={tokens.value?.tokens ?? []} revoke={(token) => void act(async () => { await api.staff.revokeToken(token); tokens.again(); })} />
      <NewCodes />
      <button type="button" class="button no-print" onClick={() => void signOut()}>{words.signOut}</button>
    </div>
  );
}
