import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { staffMessages } from '../../i18n/staff';
import { arrived } from './staffSession';

export function SignIn({ said }: { said: string | null }) {
  const words = staffMessages.value;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState(false);
  const [missing, setMissing] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);

  const signIn = async () => {
    setReason(null);
    setWrong(null);
    setMissing(true);
    if (!email.trim() || !password || !code.trim()) return;
    try {
      await api.staff.signIn(email, password, recovery ? { recovery_code: code } : { totp: code });
      await arrived();
    } catch (failure) {
      setCode('');
      setMissing(false);
      if (failure instanceof Problem && failure.status === 429) setWrong(words.tooMany);
      else if (failure instanceof Problem && failure.status < 500) setWrong(words.wrong);
      else setReason(failure);
    }
  };
  const errorOf = (value: string) => (missing && !value.trim() ? words.missing : null);
  return (
    <form class="narrow stack" noValidate onSubmit={(event) => { event.preventDefault(); void signIn(); }}>
      <PageTitle>{words.signInTitle}</PageTitle>
      <div role="status">{said && <p class="notice notice-done">{said}</p>}</div>
      <p>{words.signInLead}</p>
      {wrong && <p class="notice notice-problem" role="alert">{wrong}</p>}
      <Field inputMode="email" label={words.email} value={email} onInput={setEmail} error={errorOf(email)} autoComplete="username" maxLength={254} />
      <Field type="password" label={words.password} value={password} onInput={setPassword} error={errorOf(password)} autoComplete="current-password" maxLength={128} />
      {recovery
        ? <Field label={words.recoveryCode} hint={words.recoveryHint} value={code} onInput={setCode} error={errorOf(code)} maxLength={64} />
        : <Field label={words.code} hint={words.codeHint} value={code} onInput={setCode} error={errorOf(code)} inputMode="numeric" autoComplete="one-time-code" maxLength={12} />}
      {reason !== null && <ProblemNotice reason={reason} />}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => { setRecovery(!recovery); setCode(''); }}>{recovery ? words.useCode : words.useRecovery}</button>
        <button type="submit" class="button button-main">{words.signIn}</button>
      </div>
    </form>
  );
}
