import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeatureCollection } from 'geojson';
import { api } from '../api/client';
import type { Bounds, LonLat } from '../api/types';
import { openCommunity } from '../app/community';
import { messages } from '../i18n';
import type { SteadMap } from './engine';
import { namesOnMap } from './features';
import type { SourceName } from './overlayLayers';

export interface MapPanelProps {
  label: string;
  /** What to say where no map can be drawn. */
  failed: string;
  data: Partial<Record<SourceName, FeatureCollection>>;
  /** The view to fit; a new array moves the map. */
  view?: Bounds | null;
  /** The point to bring into view, such as the one chosen in the list. */
  focus?: LonLat | null;
  /** How close to come for it, at least. */
  focusZoom?: number;
  onChoose?: (id: string, at: LonLat) => void;
  /** Pressed where there is nothing to choose. */
  onPoint?: (point: LonLat) => void;
  onMove?: (centre: LonLat, zoom: number) => void;
  onReady?: (map: SteadMap) => void;
  /** No map can be drawn: what stands beside it should be enough. */
  onFailed?: () => void;
}

/** A map beside its list. It is fetched when this panel is first drawn, and its failure stays inside it. */
export function MapPanel(props: MapPanelProps) {
  const { label, failed, data, view = null, focus = null, focusZoom = 15 } = props;
  const words = messages.value.map;
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<SteadMap | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  // The map lives longer than one drawing of this panel: its callbacks always find the newest props here.
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    let gone = false;
    const open = async () => {
      const { bounds, has_basemap, attribution, id } = openCommunity();
      try {
        const { createMap } = await import('./engine');
        if (gone || !holder.current) return;
        const made = await createMap({
          container: holder.current, label, zoomIn: words.zoomIn, zoomOut: words.zoomOut,
          bounds: latest.current.view ?? bounds ?? null, hasBasemap: has_basemap, attribution: attribution ?? null,
          onChoose: (chosen, at) => latest.current.onChoose?.(chosen, at),
          onPoint: (point) => latest.current.onPoint?.(point),
          onMove: (centre, zoom) => latest.current.onMove?.(centre, zoom),
        });
        if (gone) return made.remove();
        map.current = made;
        setState('ready');
        latest.current.onReady?.(made);
        const neighbourhoods = await api.neighbourhoods(id);
        if (gone) return;
        made.show('neighbourhoods', neighbourhoods);
        made.show('names', namesOnMap(neighbourhoods));
      } catch (reason) {
        // No WebGL, or the map's files did not come. The list has everything; the panel says so.
        if (gone || map.current) return;
        setState('failed');
        latest.current.onFailed?.();
      }
    };
    void open();
    return () => {
      gone = true;
      map.current?.remove();
      map.current = null;
    };
  }, []);

  for (const source of ['supports', 'places', 'drawing', 'areas', 'hotspots', 'access'] as const) {
    useEffect(() => {
      const shown = data[source];
      if (shown) map.current?.show(source, shown);
    }, [state, data[source]]);
  }
  useEffect(() => {
    if (state === 'ready' && view) map.current?.fit(view);
  }, [state, view]);
  useEffect(() => {
    if (state === 'ready' && focus) map.current?.goTo(focus, focusZoom);
  }, [state, focus]);

  if (state === 'failed') return <p class="map-note notice">{failed}</p>;
  return (
    <>
      {state === 'loading' && <p class="map-note muted">{words.loading}</p>}
      <div ref={holder} class="map-canvas" data-map={state} />
    </>
  );
}
