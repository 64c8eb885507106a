import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import type { Enrolment } from '../../api/types';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { staffMessages } from '../../i18n/staff';
import { QrCode } from '../../components/QrCode';
import { RecoveryCodes } from './RecoveryCodes';
import { arrived } from './staffSession';

/** Everything here is shown once and kept nowhere. */
export function Enrol({ link, enrolment, done }: { link: string; enrolment: Enrolment; done: () => void }) {
  const words = staffMessages.value;
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const confirm = async () => {
    setReason(null);
    setError(null);
    try {
      await api.staff.confirmActivation(link, code);
      await arrived();
      done();
    } catch (failure) {
      if (!(failure instanceof Problem)) setReason(failure);
      else if (failure.field === 'totp') setError(words.codeWrong);
      else if (failure.status === 429) setError(words.tooMany);
      else if (failure.status === 401) setError(words.linkEnded);
      else setReason(failure);
    }
  };
  return (
    <form class="narrow stack" noValidate onSubmit={(event) => { event.preventDefault(); void confirm(); }}>
      <PageTitle>{words.enrolTitle}</PageTitle>
      <p>{words.enrolLead}</p>
      <h2>{words.scan}</h2>
      <QrCode text={enrolment.totp_uri} label={words.qrAlt} />
      <p>{words.orType}</p>
      <p class="totp-secret figures" data-testid="totp-secret">{enrolment.totp_secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
      <RecoveryCodes codes={enrolment.recovery_codes} />
      <Field label={words.firstCode} hint={words.codeHint} value={code} onInput={setCode} error={error} inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="submit" class="button button-main no-print">{words.open}</button>
    </form>
  );
}
