import { useMemo, useRef, useState } from 'preact/hooks';
import type { FeatureCollection } from 'geojson';
import type { Bounds, LonLat } from '../../api/types';
import { messages } from '../../i18n';
import type { SteadMap } from '../../map/engine';
import { MapPanel } from '../../map/MapPanel';

export interface Linked {
  id: string;
  title: string;
  label: string;
  hotspots: FeatureCollection;
}

/** Maps with one view: where one is moved to, the others follow. */
export function LinkedMaps({ maps, view }: { maps: readonly Linked[]; view: Bounds | null }) {
  const made = useRef(new Map<string, SteadMap>());
  const following = useRef(false);
  const moved = (by: string, centre: LonLat, zoom: number) => {
    // A map that follows says so as if it had been moved; it must not lead the others in its turn.
    if (following.current) return;
    following.current = true;
    for (const [id, map] of made.current) if (id !== by) map.look(centre, zoom);
    following.current = false;
  };
  return (
    <div class="linked-maps no-print">
      {maps.map((map) => <OneMap key={map.id} map={map} view={view} ready={(one) => made.current.set(map.id, one)} moved={(centre, zoom) => moved(map.id, centre, zoom)} />)}
    </div>
  );
}

function OneMap({ map, view, ready, moved }: { map: Linked; view: Bounds | null; ready: (map: SteadMap) => void; moved: (centre: LonLat, zoom: number) => void }) {
  const data = useMemo(() => ({ hotspots: map.hotspots }), [map.hotspots]);
  const [at, setAt] = useState('');
  const onMove = (centre: LonLat, zoom: number) => {
    setAt([...centre.map((degrees) => degrees.toFixed(4)), zoom.toFixed(2)].join(' '));
    moved(centre, zoom);
  };
  return (
    <figure>
      <figcaption>{map.title}</figcaption>
      <div class="map-frame" data-linked={map.id} data-view={at}>
        <MapPanel label={map.label} failed={messages.value.map.failedTable} data={data} view={view} onReady={ready} onMove={onMove} />
      </div>
    </figure>
  );
}
