import { useEffect, useRef, useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { setShared, shared } from '../../../app/device';
import { here } from '../../../app/router';
import { mine } from '../../../i18n/mine';
import { clearPhone } from '../../../offline/leave';
import { flush } from '../../../offline/outbox';

/** On a device that others use, too, nobody's places stay open when they walk away. */
const IDLE_MS = 5 * 60_000;
const ANSWER_MS = 60_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll'] as const;

/** On a shared device: says so, signs out with the page, and after a long quiet asks whether somebody is still there. */
export function SharedGuard() {
  return shared.value ? <Guard /> : null;
}

function Guard() {
  const words = mine.words.phone;
  const { id } = openCommunity();
  const [asking, setAsking] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const finish = async () => {
    await flush();
    await clearPhone(id, here('share'));
    setShared(false);
  };
  useEffect(() => {
    const leave = () => void fetch('/api/session', { method: 'DELETE', keepalive: true }).catch(() => undefined);
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);
  useEffect(() => {
    let timer = setTimeout(() => setAsking(true), IDLE_MS);
    const active = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setAsking(true), IDLE_MS);
    };
    for (const kind of SIGNS_OF_LIFE) addEventListener(kind, active, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const kind of SIGNS_OF_LIFE) removeEventListener(kind, active);
    };
  }, []);
  useEffect(() => {
    if (!asking) return undefined;
    dialog.current?.showModal();
    const timer = setTimeout(() => void finish(), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [asking]);
  const stay = () => {
    dialog.current?.close();
    setAsking(false);
  };
  return (
    <aside class="shared-device row" aria-label={words.sharedTitle}>
      <span>{words.sharedNow}</span>
      <button type="button" class="button button-small" onClick={() => void finish()}>{words.sharedFinish}</button>
      <dialog ref={dialog} aria-labelledby="still-there" onCancel={stay}>
        <h2 id="still-there">{words.stillThere}</h2>
        <p>{words.stillThereText}</p>
        <div class="row">
          <button type="button" class="button button-main" onClick={stay}>{words.stillHere}</button>
          <button type="button" class="button" onClick={() => void finish()}>{words.sharedFinish}</button>
        </div>
      </dialog>
    </aside>
  );
}
