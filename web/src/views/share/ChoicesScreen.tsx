import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Me } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { forget, me } from '../../app/session';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { ConsentChoices } from './ConsentChoices';
import { deleteAllNow } from './deletions';
import { draft } from './add/draft';
import { onlyPurposes } from './purposes';
import { said } from './said';
import { WithdrawForm } from './WithdrawForm';

export function ChoicesScreen({ person }: { person: Me }) {
  const words = messages.value;
  const { id, consent } = openCommunity();
  const [choice, setChoice] = useState(onlyPurposes(person.consent));
  const [saved, setSaved] = useState(false);
  const [reason, setReason] = useState<unknown>(null);

  const save = async () => {
    setReason(null);
    try {
      me.value = await api.setConsent(id, { version: consent.version, ...choice });
      setSaved(true);
    } catch (failure) {
      setReason(failure);
    }
  };
  const leave = async () => {
    setReason(null);
    try {
      await deleteAllNow();
      await api.signOut();
      draft.value = null;
      said.value = words.choices.left;
      forget(id, here('share'));
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <div class="narrow choices">
      <p class="back-line"><a href={here('share')}>{words.mine.title}</a></p>
      <PageTitle>{words.choices.title}</PageTitle>
      {reason !== null && <ProblemNotice reason={reason} />}
      <form class="stack" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <ConsentChoices legend={words.choices.consentTitle} consent={choice} setConsent={(next) => { setChoice(next); setSaved(false); }} />
        <p class="small muted">{words.choices.offMeans} {words.choices.given(formats.value.date(person.consent.given_at))}</p>
        <div class="row">
          <button type="submit" class="button button-main">{words.choices.save}</button>
          <span role="status">{saved && words.choices.saved}</span>
        </div>
      </form>
      <section class="stack-small">
        <h2>{words.choices.leaveTitle}</h2>
        <p>{words.choices.leaveText}</p>
        <button type="button" class="button" onClick={() => void leave()}>{words.choices.leave}</button>
      </section>
      <WithdrawForm />
    </div>
  );
}
