import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { cameIn, comeIn } from '../../app/session';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { Runners } from '../../components/Runners';
import { ProblemNotice } from '../../components/ProblemNotice';
import { language, messages } from '../../i18n';
import { endJoining, joiningKey } from './joining';
import { NOTHING_SHARED } from './purposes';
import { ConsentChoices } from './ConsentChoices';
import { SharedChoice } from './SharedChoice';
import { returnCode } from './returnCode';

/** A link carries its code behind `#`, which no server and no log ever sees. */
const invitationInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('invitation') ?? '';

/** Why an invitation lets nobody in; that there is none is said before the server is asked, and here for a community that closed meanwhile. */
function refusal(reason: string | null): string {
  const { refused, invitationMissing } = messages.value.join;
  switch (reason) {
    case 'invitation-used-up': case 'invitation-expired': case 'invitation-unknown': return refused[reason];
    case 'invitation-missing': return invitationMissing;
    default: return messages.value.problem.refused;
  }
}

export function JoinScreen() {
  const words = messages.value;
  const { id, consent, joining } = openCommunity();
  const [code, setCode] = useState(invitationInAddress);
  const [codeError, setCodeError] = useState<string | null>(null);
  const [choice, setChoice] = useState(NOTHING_SHARED);
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [inside, setInside] = useState(false);
  const enter = async (): Promise<void> => {
    try {
      const answer = { version: consent.version, ...choice };
      const joined = await api.join(id, language.value, answer, joining ? code.trim() || null : null, joiningKey(id));
      returnCode.value = joined.return_code;
    } catch (failure) {
      if (!(failure instanceof Problem && failure.kind === 'conflict' && failure.field === 'Idempotency-Key')) throw failure;
      // An old key: whoever joined with it went on, or too much time has passed. This is somebody new.
      endJoining(id);
      return enter();
    }
  };
  const join = async () => {
    setCodeError(null);
    if (joining === 'invited' && !code.trim()) return setCodeError(words.join.invitationMissing);
    setBusy(true);
    setReason(null);
    try {
      // Whoever is in already, and only could not be shown in, does not join twice.
      if (!inside) await enter();
      setInside(true);
      cameIn(id);
      if (await comeIn(id, here('share', 'code'))) return;
      setInside(false); // the sign-in did not hold: this device keeps no cookie, or somebody ended it
      setReason(new Problem(401, 'unauthorised', '', null));
    } catch (failure) {
      if (failure instanceof Problem && failure.field === 'invitation') setCodeError(refusal(failure.reason));
      else setReason(failure);
    }
    setBusy(false);
  };
  return (
    <form class="narrow" onSubmit={(event) => { event.preventDefault(); void join(); }}>
      <PageTitle>{words.join.title}</PageTitle>
      <p class="lead">{words.join.lead}</p>
      <Runners />
      {(joining === 'invited' || (joining && code)) && <Field label={words.join.invitation} hint={words.join.invitationHint} value={code} error={codeError} maxLength={64} onInput={setCode} />}
      <ConsentChoices legend={words.join.purposes} consent={choice} setConsent={setChoice} />
      <p class="muted">{words.join.later}</p>
      <SharedChoice />
      {reason !== null && (reason instanceof Problem && reason.kind === 'conflict' && reason.field === 'consent.version'
        ? <p class="notice notice-problem" role="alert">{words.problem.consentChanged}</p>
        : <ProblemNotice reason={reason} />)}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(here('share'))}>{words.back}</button>
        <button type="submit" class="button button-main" disabled={busy}>{words.join.submit}</button>
      </div>
    </form>
  );
}
