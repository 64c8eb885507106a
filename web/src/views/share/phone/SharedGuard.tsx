import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { setShared, shared } from '../../../app/device';
import { CrisisContacts } from '../../../app/Footer';
import { QuickExit } from '../../../app/QuickExit';
import { here } from '../../../app/router';
import { announce } from '../../../components/LiveRegion';
import { formats } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { clearPhone } from '../../../offline/leave';
import { formsBegun } from '../../../offline/keptForms';
import { waiting } from '../../../offline/outbox';
import { begun } from '../BegunNotice';
import { deleteAllNow } from '../deletions';

/** On a device that others use, too, nobody's places stay open when they walk away. */
const IDLE_MS = 5 * 60_000;
const ANSWER_MS = 60_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll'] as const;

/**
 * `asking` whether somebody is still there; `losing` something if they leave now; `closed` when nobody answered and something is not sent:
 * it is neither shown to whoever comes next nor thrown away, and goes as soon as it can.
 */
type State = 'here' | 'asking' | 'losing' | 'closed';

/** Outlives the guard itself: whoever goes to another room and back finds closed what was closed. */
const stage = signal<State>('here');

/** On a shared device: says so, signs out with the page, and after a long quiet asks whether somebody is still there. */
export function SharedGuard({ children }: { children: ComponentChildren }) {
  return shared.value ? <Guard>{children}</Guard> : <>{children}</>;
}

const isBegun = (): boolean => begun() !== null || formsBegun.value > 0;

function Guard({ children }: { children: ComponentChildren }) {
  const words = mine.words.phone;
  const { id } = openCommunity();
  const state = stage.value;
  const setState = (next: State) => void (stage.value = next);
  const [sending, setSending] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);

  const clear = async () => {
    await clearPhone(id, here('share'));
    setShared(false);
    setState('here');
  };
  /** Leaves when nothing would be lost by it; otherwise says what would be. */
  const finish = async (otherwise: 'losing' | 'closed') => {
    setSending(true);
    await deleteAllNow();
    setSending(false);
    // Nobody is there to save what was begun: only what they saved is waited for.
    if (waiting.value.length === 0 && (otherwise === 'closed' || !isBegun())) return clear();
    setState(otherwise);
  };
  useEffect(() => {
    const leave = () => void fetch('/api/session', { method: 'DELETE', keepalive: true }).catch(() => undefined);
    const warn = (event: BeforeUnloadEvent) => {
      if (waiting.value.length > 0) event.preventDefault();
    };
    addEventListener('pagehide', leave);
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('beforeunload', warn);
    };
  }, []);
  useEffect(() => {
    if (state !== 'here') return undefined;
    let timer = setTimeout(() => setState('asking'), IDLE_MS);
    const active = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setState('asking'), IDLE_MS);
    };
    for (const kind of SIGNS_OF_LIFE) addEventListener(kind, active, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const kind of SIGNS_OF_LIFE) removeEventListener(kind, active);
    };
  }, [state]);
  useEffect(() => {
    if (state === 'here') return void dialog.current?.close();
    if (!dialog.current?.open) dialog.current?.showModal();
    if (state !== 'asking') return undefined;
    const timer = setTimeout(() => {
      // Closed first, so that nothing is to be read while it is sent.
      setState('closed');
      announce('');
      void deleteAllNow();
    }, ANSWER_MS);
    return () => clearTimeout(timer);
  }, [state]);
  // What was waited for is sent: there is nothing left to keep.
  useEffect(() => {
    if (state === 'closed' && waiting.value.length === 0) void clear();
  }, [state, waiting.value]);

  const count = waiting.value.length;
  const shown = formats.value.number(count);
  const leaving = kept.words.leaving;
  const cancel = (event: Event) => {
    event.preventDefault();
    if (state !== 'closed') setState('here');
  };
  /** A browser closes a dialog at the second Esc whatever the page wants. */
  const closes = () => {
    if (stage.value === 'closed') dialog.current?.showModal();
    else setState('here');
  };
  return (
    <>
      <aside class="shared-device row" aria-label={words.sharedTitle}>
        <span>{words.sharedNow}</span>
        <button type="button" class="button button-small" disabled={sending} onClick={() => void finish('losing')}>{words.sharedFinish}</button>
        <dialog ref={dialog} class={state === 'closed' ? 'closes' : undefined} aria-labelledby="still-there" onCancel={cancel} onClose={closes}>
          <h2 id="still-there">{state === 'losing' ? leaving.title : state === 'closed' ? leaving.closedTitle : words.stillThere}</h2>
          {state === 'asking' && <p>{words.stillThereText}</p>}
          {state === 'losing' && <div role="status">{count > 0 && <p>{leaving.lost(count, shown)}</p>}{isBegun() && <p>{leaving.begun}</p>}</div>}
          {state === 'closed' && <div role="status"><p>{leaving.closed(count, shown)}</p><p>{leaving.closedText}</p></div>}
          {sending && <p role="status">{leaving.sending}</p>}
          <div class="row">
            {state === 'asking' && <button type="button" class="button button-main" onClick={() => setState('here')}>{words.stillHere}</button>}
            {state === 'asking' && <button type="button" class="button" onClick={() => void finish('losing')}>{words.sharedFinish}</button>}
            {state === 'losing' && <button type="button" class="button button-main" onClick={() => setState('here')}>{leaving.stay}</button>}
            {(state === 'losing' || state === 'closed') && count > 0 && <button type="button" class="button" disabled={sending} onClick={() => void finish(state)}>{leaving.retry}</button>}
            {(state === 'losing' || state === 'closed') && <button type="button" class="button" onClick={() => void clear()}>{leaving.anyway}</button>}
          </div>
          <div class="dialog-care"><QuickExit /><CrisisContacts /></div>
        </dialog>
      </aside>
      {state !== 'closed' && children}
    </>
  );
}
