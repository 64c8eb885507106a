import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Me } from '../../api/types';
import { offers, openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { forget, me } from '../../app/session';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, language, messages } from '../../i18n';
import { ConsentChoices } from './ConsentChoices';
import { deleteAllNow } from './deletions';
import { mine } from '../../i18n/mine';
import { forgetPerson, signOut } from '../../offline/leave';
import { waiting } from '../../offline/outbox';
import { MyPictures } from './MyPictures';
import { NewReturnCode } from './NewReturnCode';
import { ReadsList } from './ReadsList';
import { onlyPurposes } from './purposes';
import { said } from './said';
import { WithdrawForm } from './WithdrawForm';

export function ChoicesScreen({ person }: { person: Me }) {
  const words = messages.value;
  const { id, consent } = openCommunity();
  const [choice, setChoice] = useState(onlyPurposes(person.consent));
  const [saved, setSaved] = useState(false);
  const [losing, setLosing] = useState(false);
  const [reason, setReason] = useState<unknown>(null);

  const save = async () => {
    setReason(null);
    try {
      me.value = await api.setConsent(id, { version: consent.version, language: language.value, ...choice });
      setSaved(true);
    } catch (failure) {
      setReason(failure);
    }
  };
  const leave = async () => {
    setReason(null);
    try {
      await deleteAllNow();
      // What is not sent yet would be lost: the person decides.
      if (waiting.value.length > 0 && !losing) return setLosing(true);
      await signOut();
      await forgetPerson(id, person.participant);
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
      <MyPictures person={person} />
      <ReadsList />
      {offers('export') && (
        <section class="stack-small">
          <h2>{mine.words.exporting.title}</h2>
          <p>{mine.words.exporting.text}</p>
          <a class="button" href={api.exportAddress(id, language.value)} download>{mine.words.exporting.button}</a>
        </section>
      )}
      <NewReturnCode />
      <section class="stack-small">
        <h2>{words.choices.leaveTitle}</h2>
        <p>{words.choices.leaveText}</p>
        {losing && <p class="field-error" role="alert">{mine.words.phone.clearLoses(waiting.value.length, formats.value.number(waiting.value.length))}</p>}
        <button type="button" class="button" onClick={() => void leave()}>{losing ? mine.words.outbox.leaveAnyway : words.choices.leave}</button>
      </section>
      <WithdrawForm />
    </div>
  );
}
