import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { messages } from '../i18n';
import { useWide } from '../lib/useWide';
import { MapPanel, type MapPanelProps } from './MapPanel';

interface MapSlotProps extends Omit<MapPanelProps, 'data'> {
  /** Another function where there is other data: called only once the map is shown, as most phones never ask for it. */
  data: () => MapPanelProps['data'];
  /** True once the list is on the page; the map never comes before it. */
  listed: boolean;
  /** Show without asking on wide screens (beside a list), or only when asked for. */
  beside?: boolean;
  /** Called when the map is shown, for what only it needs. */
  onShown?: () => void;
  caption?: string;
}

/** Where a map goes: behind a button on phones, beside the list on wide screens. */
export function MapSlot({ listed, beside = true, onShown, caption, data, ...panel }: MapSlotProps) {
  const words = messages.value.map;
  const wide = useWide();
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState(false);
  const fail = () => {
    setFailed(true);
    panel.onFailed?.();
  };
  const frame = useRef<HTMLDivElement>(null);
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    // One turn later, so that the list is painted before the map's files are fetched.
    const timer = listed ? setTimeout(() => setSettled(true), 50) : undefined;
    return () => clearTimeout(timer);
  }, [listed]);
  const always = beside && wide;
  const shown = settled && (always || asked);
  const drawn = useMemo(() => (shown ? data() : {}), [shown, data]);
  useEffect(() => {
    if (shown) onShown?.();
  }, [shown]);
  useEffect(() => {
    // Asked for by its button, the map may lie below the fold of a phone.
    if (asked) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  return (
    <div class="split-map no-print">
      {!always && (
        <button type="button" class="button map-toggle" aria-expanded={asked} onClick={() => { setAsked(!asked); setFailed(false); }}>
          {asked ? words.hide : words.show}
        </button>
      )}
      {shown && (
        <div class="map-frame" ref={frame}>
          <MapPanel {...panel} data={drawn} onFailed={fail} />
          {caption && !failed && <p class="map-caption">{caption}</p>}
        </div>
      )}
    </div>
  );
}
