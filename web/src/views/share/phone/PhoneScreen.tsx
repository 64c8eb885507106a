import { useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { device, shared } from '../../../app/device';
import { here } from '../../../app/router';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { useLoad } from '../../../lib/useLoad';
import { canKeepMap } from '../../../offline/basemap';
import { clearPhone } from '../../../offline/leave';
import { waiting } from '../../../offline/outbox';
import { OutboxNotice } from '../OutboxNotice';
import { MapForm } from './MapForm';
import { PinForm } from './PinForm';

/** What is on this phone, and how to have more or nothing of it. */
export function PhoneScreen() {
  const words = mine.words.phone;
  const { id, has_basemap } = openCommunity();
  const pin = useLoad(async () => (await device()).hasPin(), []);
  const [sure, setSure] = useState(false);
  const unsent = waiting.value.length;
  const clear = async () => {
    // Once is enough, unless something would be lost by it.
    if (unsent > 0 && !sure) return setSure(true);
    await clearPhone(id, here('share'));
  };
  const known = pin.value !== null || pin.reason !== null;
  return (
    <div class="narrow choices">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle>{words.title}</PageTitle>
      <p>{shared.value ? words.sharedLead : words.lead}</p>
      <OutboxNotice />
      {unsent === 0 && <p class="muted">{words.allSent}</p>}
      {!known ? <Loading /> : (
        <>
          {!shared.value && (
            <>
              <section class="stack-small">
                <h2>{words.offlineTitle}</h2>
                <p>{'serviceWorker' in navigator ? words.offlineText : words.offlineNever}</p>
              </section>
              {has_basemap && canKeepMap() && <MapForm />}
              {globalThis.isSecureContext && pin.value !== null && <section><PinForm has={pin.value} changed={pin.again} /></section>}
            </>
          )}
          <section class="stack-small">
            <h2>{words.clearTitle}</h2>
            <p>{words.clearText}</p>
            {sure && <p class="field-error" role="alert">{words.clearLoses(unsent, formats.value.number(unsent))}</p>}
            <button type="button" class="button" onClick={() => void clear()}>{sure ? words.clearAnyway : words.clear}</button>
          </section>
        </>
      )}
    </div>
  );
}
