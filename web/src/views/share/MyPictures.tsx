import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Me } from '../../api/types';
import { openCommunity } from '../../app/community';
import { me } from '../../app/session';
import { Choice } from '../../components/Choice';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { pictures } from '../../i18n/pictures';
import { roundFactor } from './roundFactor';

/** In how many published pictures the person is, what that promises, and at the limit a deliberate agreement to more. */
export function MyPictures({ person }: { person: Me }) {
  const words = pictures.words;
  const { number, signed } = formats.value;
  const { id, consent } = openCommunity();
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState(false);
  const [renewed, setRenewed] = useState(false);
  const [reason, setReason] = useState<unknown>(null);
  const mine = person.pictures;
  if (!mine) return null;

  const full = mine.entered >= mine.most;
  // Two decimals without the sign.
  const epsilon = (value: number) => signed(value).replace(/^\+/, '');
  const factor = (value: number) => number(roundFactor(value));
  const renew = async () => {
    setMissing(!sure);
    if (!sure) return;
    setReason(null);
    try {
      me.value = await api.renew(id, { version: consent.version, pictures: mine.entered });
      setSure(false);
      setRenewed(true);
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <section class="stack-small">
      <h2>{words.title}</h2>
      <p>{words.count(number(mine.entered), number(mine.most))}</p>
      <p class="small muted">{words.promise(factor(mine.epsilon), epsilon(mine.epsilon))} {words.weak}</p>
      <p role="status">{renewed && words.renewed}</p>
      {full && person.consent.published_maps && (
        <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void renew(); }}>
          <p>{words.full}</p>
          <h3>{words.renewTitle}</h3>
          <p>{words.renewText(factor(mine.epsilon_renewed), epsilon(mine.epsilon_renewed))}</p>
          {reason !== null && <ProblemNotice reason={reason} />}
          {missing && <p class="field-error" role="alert">{words.missing}</p>}
          <Choice type="checkbox" name="renew" checked={sure} onChange={(on) => { setSure(on); setMissing(false); }} title={words.sure(number(mine.entered))} />
          <button type="submit" class="button">{words.renew}</button>
        </form>
      )}
    </section>
  );
}
