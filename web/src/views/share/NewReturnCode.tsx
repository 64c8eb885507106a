import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { ProblemNotice } from '../../components/ProblemNotice';
import { mine } from '../../i18n/mine';
import { returnCode } from './returnCode';

/** Another code, for whoever lost theirs and is still signed in. */
export function NewReturnCode() {
  const words = mine.words.newCode;
  const { id } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setReason(null);
    setBusy(true);
    try {
      returnCode.value = (await api.newReturnCode(id)).return_code;
      navigate(here('share', 'code'));
    } catch (failure) {
      setReason(failure);
    }
    setBusy(false);
  };
  return (
    <section class="stack-small">
      <h2>{words.title}</h2>
      <p>{words.text}</p>
      {reason !== null && <ProblemNotice reason={reason} />}
      <button type="button" class="button" disabled={busy} onClick={() => void make()}>{words.button}</button>
    </section>
  );
}
