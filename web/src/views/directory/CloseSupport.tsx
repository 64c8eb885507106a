import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { Choice } from '../../components/Choice';
import { Field } from '../../components/Field';
import { formats } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { Failure } from './Failure';
import { said } from './said';
import { StaleNotice } from './StaleNotice';
import { useSaving } from './useSaving';

/** Closes it now, or says the last day. */
export function CloseSupport({ support, again }: { support: Support; again: () => void }) {
  const words = directoryMessages.value;
  const { id } = openCommunity();
  const [later, setLater] = useState(false);
  const [day, setDay] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const saving = useSaving();
  const close = () => {
    setError(later && !day ? words.closeDayMissing : null);
    if (later && !day) return;
    void saving.save(
      async () => {
        const closed = await api.directory.close(id, support.id, support.properties.version, later ? day : null);
        navigate(here('staff', 'directory', support.id));
        said.value = { of: support.id, text: closed.properties.status === 'closing' ? words.closingDone(formats.value.date(day)) : words.closedDone };
      },
      async () => setStale(true),
    );
  };
  if (support.properties.status === 'closed') return <p class="notice">{words.reopen}</p>;
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); close(); }}>
      <p>{words.closeLead}</p>
      <fieldset class="stack-small">
        <legend>{words.closeWhen}</legend>
        <div class="offered">
          <Choice type="radio" name="when" value="now" checked={!later} title={words.closeNow} hint={words.closeNowHint} onChange={() => setLater(false)} />
          <Choice type="radio" name="when" value="later" checked={later} title={words.closeOn} hint={words.closeOnHint} onChange={() => setLater(true)} />
        </div>
        {later && <Field type="date" label={words.field['closing_on'] ?? ''} hint={words.closingHint} value={day} onInput={(typed) => { setDay(typed); setError(null); }} error={error ?? (saving.wrong ? words.closeDayMissing : null)} />}
      </fieldset>
      {stale && <StaleNotice again={again} />}
      {saving.reason !== null && <Failure reason={saving.reason} />}
      <button type="submit" class="button button-main" disabled={saving.busy}>{words.closeSubmit}</button>
    </form>
  );
}
