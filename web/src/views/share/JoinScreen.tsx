import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { comeIn } from '../../app/session';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { Runners } from '../../components/Runners';
import { ProblemNotice } from '../../components/ProblemNotice';
import { language, messages } from '../../i18n';
import { NOTHING_SHARED } from './purposes';
import { ConsentChoices } from './ConsentChoices';
import { SharedChoice } from './SharedChoice';
import { returnCode } from './returnCode';

/** A link carries its code behind `#`, which no server and no log ever sees. */
const invitationInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('invitation') ?? '';

export function JoinScreen() {
  const words = messages.value;
  const { id, consent, joining } = openCommunity();
  const [code, setCode] = useState(invitationInAddress);
  const [codeError, setCodeError] = useState<string | null>(null);
  const [choice, setChoice] = useState(NOTHING_SHARED);
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const join = async () => {
    setCodeError(null);
    if (joining === 'invited' && !code.trim()) return setCodeError(words.join.invitationMissing);
    setBusy(true);
    setReason(null);
    try {
      const joined = await api.join(id, language.value, { version: consent.version, ...choice }, joining ? code.trim() || null : null);
      returnCode.value = joined.return_code;
      await comeIn(id, here('share', 'code'));
    } catch (failure) {
      setBusy(false);
      if (failure instanceof Problem && failure.field === 'invitation') setCodeError(failure.detail);
      else setReason(failure);
    }
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
      {reason !== null && (reason instanceof Problem && reason.kind === 'conflict'
        ? <p class="notice notice-problem" role="alert">{words.problem.consentChanged}</p>
        : <ProblemNotice reason={reason} />)}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(here('share'))}>{words.back}</button>
        <button type="submit" class="button button-main" disabled={busy}>{words.join.submit}</button>
      </div>
    </form>
  );
}
