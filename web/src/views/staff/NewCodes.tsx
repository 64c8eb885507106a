import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { Field } from '../../components/Field';
import { ProblemNotice } from '../../components/ProblemNotice';
import { staffMessages } from '../../i18n/staff';
import { RecoveryCodes } from './RecoveryCodes';

/** New recovery codes; asks for a code of the authenticator when the last one is long ago. */
export function NewCodes() {
  const words = staffMessages.value;
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [asking, setAsking] = useState(false);
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);

  const make = async () => {
    setReason(null);
    setError(null);
    try {
      if (asking) await api.staff.confirm(code);
      setCodes((await api.staff.newRecoveryCodes()).recovery_codes);
      setAsking(false);
    } catch (failure) {
      setCode('');
      if (failure instanceof Problem && failure.kind === 'second-factor-needed') setAsking(true);
      else if (failure instanceof Problem && failure.field === 'totp') setError(words.codeWrong);
      else if (failure instanceof Problem && failure.status === 429) setError(words.tooMany);
      else setReason(failure);
    }
  };
  if (codes) return <RecoveryCodes codes={codes} />;
  return (
    <form class="stack-small no-print" noValidate onSubmit={(event) => { event.preventDefault(); void make(); }}>
      <h2>{words.newCodes}</h2>
      <p>{words.newCodesLead}</p>
      {asking && <Field label={words.confirmCode} hint={words.codeHint} value={code} onInput={setCode} error={error} inputMode="numeric" autoComplete="one-time-code" maxLength={12} />}
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="submit" class="button">{asking ? words.confirm : words.newCodes}</button>
    </form>
  );
}
