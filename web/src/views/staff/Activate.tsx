import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import type { Enrolment } from '../../api/types';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { staffMessages } from '../../i18n/staff';
import { Enrol } from './Enrol';

const SHORTEST = 12;

/** By a one-time link: a password, then a second factor. */
export function Activate({ link, done }: { link: string; done: () => void }) {
  const words = staffMessages.value;
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);

  const choose = async () => {
    setReason(null);
    setError(null);
    if ([...password].length < SHORTEST) return setError(words.passwordShort);
    try {
      setEnrolment(await api.staff.activate(link, password));
      setPassword('');
    } catch (failure) {
      if (!(failure instanceof Problem)) setReason(failure);
      else if (failure.field === 'password') setError(words.passwordGuessed);
      else if (failure.status === 401) setEnded(words.linkEnded);
      else if (failure.status === 429) setEnded(words.tooMany);
      else setReason(failure);
    }
  };
  if (enrolment) return <Enrol link={link} enrolment={enrolment} done={done} />;
  return (
    <form class="narrow stack" noValidate onSubmit={(event) => { event.preventDefault(); void choose(); }}>
      <PageTitle>{words.activateTitle}</PageTitle>
      <p>{words.activateLead}</p>
      {ended && <p class="notice notice-problem" role="alert">{ended}</p>}
      <Field type="password" label={words.newPassword} hint={words.passwordHint} value={password} onInput={setPassword} error={error} autoComplete="new-password" maxLength={128} />
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="submit" class="button button-main">{words.next}</button>
    </form>
  );
}
