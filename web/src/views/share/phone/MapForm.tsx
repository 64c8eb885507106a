import { useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { useLoad } from '../../../lib/useLoad';
import { dropMap, keepMap, keptMapSize, mapSize, MOST_BYTES } from '../../../offline/basemap';

/** The map for flight mode: on request only, with its size. */
export function MapForm() {
  const words = mine.words.phone;
  const { title } = openCommunity();
  const { size } = formats.value;
  const kept = useLoad(keptMapSize, []);
  const full = useLoad(mapSize, []);
  const [state, setState] = useState<'' | 'fetching' | 'failed'>('');
  const act = async (what: () => Promise<void>) => {
    setState('fetching');
    try {
      await what();
      setState('');
    } catch {
      setState('failed');
    }
    kept.again();
  };
  const large = full.value !== null && full.value > MOST_BYTES;
  return (
    <section class="stack-small">
      <h2>{words.mapTitle}</h2>
      {kept.value !== null
        ? (
          <>
            <p>{words.mapKept(size(kept.value))}</p>
            <button type="button" class="button" onClick={() => void act(dropMap)}>{words.mapDrop}</button>
          </>
        )
        : large ? <p>{words.mapLarge(size(full.value ?? 0))}</p>
          : full.value !== null
            ? <button type="button" class="button" disabled={state === 'fetching'} onClick={() => void act(keepMap)}>{words.mapKeep(title, size(full.value))}</button>
            : <p class="muted">{words.mapUnknown}</p>}
      <p role="status">{state === 'fetching' ? words.mapFetching : state === 'failed' ? words.mapFailed : ''}</p>
    </section>
  );
}
