import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import type { MadeInvitation } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { QrCode } from '../../components/QrCode';
import { formats } from '../../i18n';
import { staffMessages } from '../../i18n/staff';
import { useLoad } from '../../lib/useLoad';

/** As the server has it. */
const MOST_USES = 10_000;

/** /{community}/staff/invitations: who may join, for stewards. */
export function Invitations() {
  const words = staffMessages.value.invitations;
  const { id, joining } = openCommunity();
  const [uses, setUses] = useState('1');
  const [expires, setExpires] = useState('');
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const kept = useLoad(() => api.invitations.list(id), [id]);
  const [usesWrong, setUsesWrong] = useState(false);
  const expiresWrong = reason instanceof Problem && reason.field === 'expires_on';

  const act = async (work: () => Promise<void>) => {
    setReason(null);
    setBusy(true);
    try {
      await work();
      kept.again();
    } catch (failure) {
      setReason(failure);
    }
    setBusy(false);
  };
  const make = () => {
    const people = /^\d{1,5}$/.test(uses.trim()) ? Number(uses) : 0;
    const wrong = people < 1 || people > MOST_USES;
    setUsesWrong(wrong);
    return wrong ? undefined : act(() => makeFor(people));
  };
  const makeFor = async (people: number) => {
    setMade(await api.invitations.make(id, people, expires || null));
    announce(words.made);
  };
  const takeBack = (invitation: string) => act(async () => {
    await api.invitations.takeBack(id, invitation);
    if (made?.id === invitation) setMade(null);
    announce(words.takenBack);
  });
  const failed = (expiresWrong ? null : reason) ?? kept.reason;
  return (
    <div class="narrow stack desk">
      <p class="back-line no-print"><a href={here('staff')}>{staffMessages.value.log.back}</a></p>
      <PageTitle>{words.title}</PageTitle>
      <p class="no-print">{words.lead}</p>
      {joining === 'open' && <p class="notice no-print">{words.open}</p>}
      {failed !== null && <ProblemNotice reason={failed} retry={() => { setReason(null); kept.again(); }} />}
      <form class="stack-small no-print" onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <Field label={words.uses} hint={words.usesHint} value={uses} error={usesWrong ? words.usesWrong : null} inputMode="numeric" maxLength={5} onInput={setUses} />
        <Field label={words.expires} hint={words.expiresHint} value={expires} error={expiresWrong ? words.expiresWrong : null} type="date" onInput={setExpires} />
        <button type="submit" class="button button-main" disabled={busy}>{words.make}</button>
      </form>
      {made && <Made invitation={made} />}
      <section class="stack-small no-print">
        <h2>{words.kept}</h2>
        {kept.value?.invitations.length === 0 && <p>{words.none}</p>}
        <ul class="plain-list stack-small">
          {kept.value?.invitations.map((one) => {
            const { number, date } = formats.value;
            const over = Date.parse(one.expires_at) <= Date.now();
            const day = date(one.created_at);
            return (
              <li key={one.id} class="card">
                <p><strong>{words.madeOn(day)}</strong></p>
                <p class="small muted">{words.used(number(one.used), number(one.uses))} · {over ? words.over : words.until(lastDay(one.expires_at))}</p>
                <button type="button" class="button" aria-label={words.takeBackOf(day)} onClick={() => void takeBack(one.id)}>{words.takeBack}</button>
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}

/** It ends with the first instant on which it works no more; people are told the last day. */
const lastDay = (end: string): string => formats.value.date(new Date(Date.parse(end) - 1).toISOString());

/** What is handed out; printed, it is the whole page. */
function Made({ invitation }: { invitation: MadeInvitation }) {
  const words = staffMessages.value.invitations;
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(invitation.link);
    } catch {
      return; // the browser does not allow it: the link stands on the screen
    }
    setCopied(true);
    announce(words.copied);
  };
  return (
    <section class="card stack-small" aria-label={words.title}>
      <p class="no-print">{words.made}</p>
      <p>{words.code}</p>
      <p class="return-code figures" data-testid="invitation-code">{invitation.code}</p>
      <QrCode text={invitation.link} label={words.qrAlt} />
      <p>{words.link}: <a href={invitation.link} class="long-word">{invitation.link}</a></p>
      <p class="small muted">{words.until(lastDay(invitation.expires_at))}</p>
      <div class="row no-print">
        {'clipboard' in navigator && <button type="button" class="button" onClick={() => void copy()}>{copied ? words.copied : words.copy}</button>}
        <button type="button" class="button" onClick={() => print()}>{words.print}</button>
      </div>
    </section>
  );
}
