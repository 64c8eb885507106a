import { useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { Choice } from '../../components/Choice';
import { ProblemNotice } from '../../components/ProblemNotice';
import { messages } from '../../i18n';
import { withdraw } from '../../offline/leave';

/** The one thing that cannot be undone, and so the one thing that asks first. */
export function WithdrawForm() {
  const words = messages.value.choices;
  const { id } = openCommunity();
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState(false);
  const [reason, setReason] = useState<unknown>(null);
  const submit = async () => {
    setMissing(!sure);
    if (!sure) return;
    setReason(null);
    try {
      await withdraw(id);
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <form class="withdraw stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h2>{words.withdrawTitle}</h2>
      <p>{words.withdrawText}</p>
      {missing && <p class="field-error" role="alert">{words.withdrawMissing}</p>}
      <Choice type="checkbox" name="sure" checked={sure} onChange={setSure} title={words.withdrawSure} />
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="submit" class="button">{words.withdraw}</button>
    </form>
  );
}
