import { useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { device, locked } from '../../../app/device';
import { here } from '../../../app/router';
import { Field } from '../../../components/Field';
import { PageTitle } from '../../../components/PageTitle';
import { mine } from '../../../i18n/mine';
import { clearPhone } from '../../../offline/leave';

/** Before anything of the person is shown, the PIN of this phone. */
export function UnlockScreen() {
  const words = mine.words.phone;
  const { id } = openCommunity();
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const unlock = async () => {
    setBusy(true);
    const opened = await (await device()).unlock(pin);
    setBusy(false);
    setWrong(!opened);
    if (opened) locked.value = false;
  };
  return (
    <form class="narrow" noValidate onSubmit={(event) => { event.preventDefault(); void unlock(); }}>
      <PageTitle>{words.unlockTitle}</PageTitle>
      <p>{words.unlockLead}</p>
      <Field label={words.pin} type="password" value={pin} onInput={setPin} error={wrong ? words.unlockWrong : null} maxLength={64} autoComplete="current-password" />
      <button type="submit" class="button button-main" disabled={busy}>{busy ? words.wait : words.unlock}</button>
      <details>
        <summary>{words.forgotten}</summary>
        <div class="stack-small">
          <p>{words.forgottenText}</p>
          <button type="button" class="button" onClick={() => void clearPhone(id, here('share'))}>{words.clear}</button>
        </div>
      </details>
    </form>
  );
}
