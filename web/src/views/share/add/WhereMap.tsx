import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { LonLat, Neighbourhood, Support } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { announce } from '../../../components/LiveRegion';
import { formats, messages } from '../../../i18n';
import { distanceMetres, holds, middleOf } from '../../../lib/geometry';
import type { SteadMap } from '../../../map/engine';
import { MapPanel } from '../../../map/MapPanel';

/** One press of an arrow key; with Shift, for the last few metres. */
const STEP_PX = 40;
const SMALL_STEP_PX = 5;

const ARROWS: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The map moves under a fixed cross: no dragging of pins, and the same with keys as with fingers. */
export function WhereMap({ start, put }: { start: LonLat | null; put: (point: LonLat, near: string | null) => void }) {
  const words = messages.value.add;
  const { id } = openCommunity();
  const map = useRef<SteadMap | null>(null);
  const [centre, setCentre] = useState<LonLat | null>(null);
  const [known, setKnown] = useState<{ supports: Support[]; neighbourhoods: Neighbourhood[] }>({ supports: [], neighbourhoods: [] });

  useEffect(() => {
    // Names for the cross are a help; without them the coordinates are said.
    Promise.all([api.supports(id, { limit: 1000 }), api.neighbourhoods(id)]).then(
      ([page, areas]) => setKnown({ supports: page.features, neighbourhoods: areas.features }),
      () => undefined,
    );
  }, [id]);

  const describe = (point: LonLat): string => {
    const { distance, coordinates } = formats.value;
    const nearest = known.supports
      .filter(({ properties }) => properties.name)
      .map((support) => ({ name: support.properties.name ?? '', metres: distanceMetres(point, middleOf(support.geometry)) }))
      .sort((a, b) => a.metres - b.metres)[0];
    const area = known.neighbourhoods.find(({ geometry }) => holds(geometry, point))?.properties.name;
    return [area, nearest && `${distance(nearest.metres)} – ${nearest.name}`].filter(Boolean).join(', ') || coordinates(point);
  };
  useEffect(() => {
    if (!centre) return undefined;
    // Said once the map has come to rest, not at every step of a held key.
    const timer = setTimeout(() => announce(words.mapAt(describe(centre))), 400);
    return () => clearTimeout(timer);
  }, [centre, known]);

  const onKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    const onMap = event.target instanceof HTMLCanvasElement;
    if (!onMap || !map.current) return;
    if (arrow) {
      const step = event.shiftKey ? SMALL_STEP_PX : STEP_PX;
      map.current.nudge(arrow[0] * step, arrow[1] * step);
    } else if (event.key === '+' || event.key === '=') map.current.zoomBy(1);
    else if (event.key === '-') map.current.zoomBy(-1);
    else if (event.key === 'Enter') put(map.current.centre(), null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="stack-small">
      <p class="small muted" id="where-map-help">{words.mapHelp}</p>
      <div class="map-frame" onKeyDownCapture={onKey}>
        <MapPanel label={words.mapName} failed={messages.value.map.failed} data={{}} focus={start} onMove={setCentre}
          onReady={(ready) => { map.current = ready; setCentre(ready.centre()); }} />
        {centre && (
          <>
            <svg class="crosshair" viewBox="0 0 56 56" aria-hidden="true"><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--paper)" stroke-width="7" /><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--ink)" stroke-width="3" /></svg>
            <button type="button" class="button button-main crosshair-put" onClick={() => map.current && put(map.current.centre(), null)}>{words.mapPut}</button>
          </>
        )}
      </div>
      {centre && <p class="small">{words.mapAt(describe(centre))}</p>}
    </div>
  );
}
