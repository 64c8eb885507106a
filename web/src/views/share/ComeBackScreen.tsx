import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { comeIn } from '../../app/session';
import { Field } from '../../components/Field';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { messages } from '../../i18n';
import { SharedChoice } from './SharedChoice';

export function ComeBackScreen() {
  const words = messages.value;
  const { id } = openCommunity();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const comeBack = async () => {
    setReason(null);
    setError(null);
    if (!code.trim()) return setError(words.comeBack.empty);
    try {
      await api.comeBack(id, code.trim());
      await comeIn(id, here('share'));
    } catch (failure) {
      // An unknown code and a badly written one need the same thing from the person: another look at it.
      if (failure instanceof Problem && failure.status < 500) setError(words.comeBack.unknown);
      else setReason(failure);
    }
  };
  return (
    <form class="narrow" noValidate onSubmit={(event) => { event.preventDefault(); void comeBack(); }}>
      <PageTitle>{words.comeBack.title}</PageTitle>
      <Field label={words.comeBack.label} hint={words.comeBack.hint} value={code} onInput={setCode} error={error} maxLength={64} />
      <SharedChoice />
      {reason !== null && <ProblemNotice reason={reason} />}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(here('share'))}>{words.back}</button>
        <button type="submit" class="button button-main">{words.comeBack.submit}</button>
      </div>
    </form>
  );
}
