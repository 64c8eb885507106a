import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { forget, me } from '../../app/session';
import { Choice } from '../../components/Choice';
import { ProblemNotice } from '../../components/ProblemNotice';
import { messages } from '../../i18n';
import { forgetPerson } from '../../offline/leave';
import { withdrawal } from './WithdrawnScreen';

/** The one thing that cannot be undone, and so the one thing that asks first. */
export function WithdrawForm() {
  const words = messages.value.choices;
  const { id } = openCommunity();
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState(false);
  const [reason, setReason] = useState<unknown>(null);
  const withdraw = async () => {
    setMissing(!sure);
    if (!sure) return;
    setReason(null);
    try {
      const person = me.value?.participant;
      withdrawal.value = await api.withdraw(id);
      if (person) await forgetPerson(id, person);
      forget(id, here('share', 'withdrawn'));
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <form class="withdraw stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void withdraw(); }}>
      <h2>{words.withdrawTitle}</h2>
      <p>{words.withdrawText}</p>
      {missing && <p class="field-error" role="alert">{words.withdrawMissing}</p>}
      <Choice type="checkbox" name="sure" checked={sure} onChange={setSure} title={words.withdrawSure} />
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="submit" class="button">{words.withdraw}</button>
    </form>
  );
}
