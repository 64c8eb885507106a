import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { Downloads } from '../../components/Downloads';
import { Field } from '../../components/Field';
import { ProblemNotice } from '../../components/ProblemNotice';
import { studyMessages } from '../../i18n/study';
import { staffMessages } from '../../i18n/staff';

/** For how long a second factor opens the export, in minutes; the server says when it is over. */
const OPEN_FOR = 10;

/** The places that people share, as files: after the second factor, and written down. */
export function TakePlaces() {
  const words = studyMessages.value.take;
  const staff = staffMessages.value;
  const [code, setCode] = useState('');
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const confirm = async () => {
    setError(null);
    setReason(null);
    try {
      await api.staff.confirm(code.trim());
      setOpen(true);
      setCode('');
      setTimeout(() => setOpen(false), OPEN_FOR * 60_000);
    } catch (failure) {
      if (failure instanceof Problem && failure.field === 'totp') setError(staff.codeWrong);
      else if (failure instanceof Problem && failure.status === 429) setError(staff.tooMany);
      else setReason(failure);
    }
  };
  return (
    <section class="stack-small no-print">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {reason !== null && <ProblemNotice reason={reason} />}
      {open ? (
        <>
          <p role="status">{words.open}</p>
          <Downloads table="places" name={words.places} />
        </>
      ) : (
        <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void confirm(); }}>
          <Field label={staff.confirmCode} hint={staff.codeHint} value={code} onInput={setCode} error={error} inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
          <button type="submit" class="button">{staff.confirm}</button>
        </form>
      )}
    </section>
  );
}
