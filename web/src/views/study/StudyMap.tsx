import type { Feature } from 'geojson';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { LonLat, Place } from '../../api/types';
import { formats, messages } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { boundsOf } from '../../lib/geometry';
import type { SteadMap } from '../../map/engine';
import { placesOnMap } from '../../map/features';
import { MapPanel } from '../../map/MapPanel';
import type { Area } from './area';

interface StudyMapProps {
  area: Area | null;
  /** Corners of an area that is being drawn. */
  corners?: readonly LonLat[];
  places: readonly Place[];
  /** What pressing on the map, or the button below the cross, does. */
  put?: { label: string; at: (point: LonLat) => void };
}

/** The study area, and the places that were read. */
export function StudyMap({ area, corners = [], places, put }: StudyMapProps) {
  const words = studyMessages.value;
  const map = useRef<SteadMap | null>(null);
  const [centre, setCentre] = useState<LonLat | null>(null);
  const data = useMemo(() => {
    const begun: Feature[] = !area && corners.length > 0
      ? [{ type: 'Feature', geometry: corners.length > 1 ? { type: 'LineString', coordinates: corners.map((at) => [...at]) } : { type: 'LineString', coordinates: [...corners, ...corners].map((at) => [...at]) }, properties: { chosen: true } }]
      : [];
    const drawn: Feature[] = area ? [{ type: 'Feature', geometry: area, properties: { chosen: true } }] : [];
    return { areas: { type: 'FeatureCollection' as const, features: [...drawn, ...begun] }, places: placesOnMap(places, null) };
  }, [area, corners, places]);
  // While somebody draws, the map stays where they put it.
  const view = useMemo(() => (put ? null : boundsOf(area ? [area] : places.map(({ geometry }) => geometry))), [area, places]);
  return (
    <>
      <div class="map-frame study-map">
        <MapPanel label={words.mapName} failed={messages.value.map.failed} data={data} view={view} onMove={setCentre}
          onPoint={(point) => put?.at(point)} onReady={(ready) => { map.current = ready; setCentre(ready.centre()); }} />
        {put && centre && (
          <>
            <svg class="crosshair" viewBox="0 0 56 56" aria-hidden="true"><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--paper)" stroke-width="7" /><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--ink)" stroke-width="3" /></svg>
            <button type="button" class="button button-main crosshair-put" onClick={() => map.current && put.at(map.current.centre())}>{put.label}</button>
          </>
        )}
      </div>
      {put && centre && <p class="small muted">{words.cross(formats.value.coordinates(centre))}</p>}
    </>
  );
}
