import { useState } from 'preact/hooks';
import { device } from '../../../app/device';
import { Field } from '../../../components/Field';
import { mine } from '../../../i18n/mine';

/** Six signs of any kind: four digits are guessed in a moment by whoever has copied the phone. */
const LEAST = 6;

export function PinForm({ has, changed }: { has: boolean; changed: () => void }) {
  const words = mine.words.phone;
  const [pin, setPin] = useState('');
  const [repeat, setRepeat] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const set = async () => {
    if ([...pin].length < LEAST) return setError(words.pinShort);
    if (pin !== repeat) return setError(words.pinDiffers);
    setError(null);
    setBusy(true);
    await (await device()).setPin(pin);
    setBusy(false);
    setPin('');
    setRepeat('');
    setSaid(words.pinSet);
    changed();
  };
  const remove = async () => {
    await (await device()).removePin();
    setSaid(words.pinGone);
    changed();
  };
  return (
    <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void set(); }}>
      <h2>{words.pinTitle}</h2>
      <p>{words.pinText}</p>
      {has
        ? <button type="button" class="button" onClick={() => void remove()}>{words.pinRemove}</button>
        : (
          <>
            <Field label={words.pinNew} hint={words.pinHint} type="password" value={pin} onInput={setPin} error={error} maxLength={64} autoComplete="new-password" />
            <Field label={words.pinRepeat} type="password" value={repeat} onInput={setRepeat} maxLength={64} autoComplete="new-password" />
            <button type="submit" class="button" disabled={busy}>{busy ? words.wait : words.pinSave}</button>
          </>
        )}
      <p role="status">{said}</p>
    </form>
  );
}
