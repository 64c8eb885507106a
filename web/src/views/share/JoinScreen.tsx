import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { loadMe } from '../../app/session';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { language, messages } from '../../i18n';
import { NOTHING_SHARED } from './add/draft';
import { ConsentChoices } from './ConsentChoices';
import { returnCode } from './ReturnCodeScreen';

export function JoinScreen() {
  const words = messages.value;
  const { id, consent } = openCommunity();
  const [choice, setChoice] = useState(NOTHING_SHARED);
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    setReason(null);
    try {
      const joined = await api.join(id, language.value, { version: consent.version, ...choice });
      returnCode.value = joined.return_code;
      await loadMe(id, here('share', 'code'));
    } catch (failure) {
      setBusy(false);
      setReason(failure);
    }
  };
  return (
    <form class="narrow" onSubmit={(event) => { event.preventDefault(); void join(); }}>
      <PageTitle>{words.join.title}</PageTitle>
      <p class="lead">{words.join.lead}</p>
      <ConsentChoices legend={words.join.purposes} consent={choice} setConsent={setChoice} />
      <p class="muted">{words.join.later}</p>
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
