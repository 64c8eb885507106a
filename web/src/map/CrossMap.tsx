import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FeatureCollection } from 'geojson';
import { api } from '../api/client';
import type { LonLat, Neighbourhood, Support } from '../api/types';
import { offers, openCommunity } from '../app/community';
import { announce } from '../components/LiveRegion';
import { formats, messages } from '../i18n';
import { distanceMetres, holds, middleOf } from '../lib/geometry';
import type { SteadMap } from './engine';
import { MapPanel } from './MapPanel';

/** One press of an arrow key; with Shift, for the last few metres. */
const STEP_PX = 40;
const SMALL_STEP_PX = 5;

const ARROWS: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export interface CrossMapProps {
  start: LonLat | null;
  put: (point: LonLat, near: string | null) => void;
  /** Where the cross is now. */
  moved?: ((centre: LonLat) => void) | undefined;
  /** A walk or an area that is being drawn: what it is so far, and taking its last corner back. */
  drawing?: { back: () => void; help: string; putHere: string } | undefined;
  /** What is put so far. */
  shown?: FeatureCollection | undefined;
}

/** The map moves under a fixed cross: no dragging of pins, and the same with keys as with fingers. */
export function CrossMap({ start: first, put, moved, drawing, shown }: CrossMapProps) {
  const words = messages.value.add;
  // Only where the map begins: it stays where the person moved it.
  const [start] = useState(first);
  const data = useMemo(() => (shown ? { drawing: shown } : {}), [shown]);
  const { id } = openCommunity();
  const map = useRef<SteadMap | null>(null);
  const [centre, setCentre] = useState<LonLat | null>(null);
  const [supports, setSupports] = useState<Support[]>([]);
  const [neighbourhoods, setNeighbourhoods] = useState<Neighbourhood[]>([]);

  useEffect(() => {
    // Names for the cross are a help; without them the coordinates are said. Each comes alone, and both are kept for when there is no network.
    api.allSupports(id).then(({ features }) => setSupports(features), () => undefined);
    api.neighbourhoods(id).then(({ features }) => setNeighbourhoods(features), () => undefined);
  }, [id]);

  const [street, setStreet] = useState<{ at: LonLat; words: string } | null>(null);
  const describe = (point: LonLat): string => {
    if (street && street.at[0] === point[0] && street.at[1] === point[1]) return street.words;

    const { distance, coordinates } = formats.value;
    const nearest = supports
      .flatMap(({ properties: { name }, geometry }) => (name && geometry ? [{ name, metres: distanceMetres(point, middleOf(geometry)) }] : []))
      .sort((a, b) => a.metres - b.metres)[0];
    const area = neighbourhoods.find(({ geometry }) => holds(geometry, point))?.properties.name;
    return [area, nearest && `${distance(nearest.metres)} – ${nearest.name}`].filter(Boolean).join(', ') || coordinates(point);
  };
  useEffect(() => {
    if (centre) moved?.(centre);
  }, [centre]);
  useEffect(() => {
    if (!centre) return undefined;
    // Said once the map has come to rest, not at every step of a held key.
    const timer = setTimeout(() => announce(words.mapAt(describe(centre))), 400);
    return () => clearTimeout(timer);
  }, [centre, supports, neighbourhoods, street]);
  useEffect(() => {
    if (!centre || !offers('names')) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      api.nearestNames(id, centre, 5).then(({ results }) => {
        const nearest = results.find(({ kind }) => kind === 'street') ?? results[0];
        if (current && nearest) setStreet({ at: centre, words: [nearest.name, nearest.distance_m != null && formats.value.distance(nearest.distance_m)].filter(Boolean).join(', ') });
      }, () => undefined); // without it, the nearest support is said
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [centre, id]);

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
    else if (event.key === 'Backspace' && drawing) drawing.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="stack-small">
      <p class="small muted" id="where-map-help">{words.mapHelp}{drawing && ` ${drawing.help}`}</p>
      <div class="map-frame" onKeyDownCapture={onKey}>
        <MapPanel label={words.mapName} failed={messages.value.map.failed} data={data} focus={start} onMove={setCentre} onPoint={(point) => drawing && put(point, null)}
          onReady={(ready) => { map.current = ready; setCentre(ready.centre()); }} />
        {centre && (
          <>
            <svg class="crosshair" viewBox="0 0 56 56" aria-hidden="true"><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--paper)" stroke-width="7" /><path d="M28 2v20M28 34v20M2 28h20M34 28h20" stroke="var(--ink)" stroke-width="3" /></svg>
            <button type="button" class="button button-main crosshair-put" onClick={() => map.current && put(map.current.centre(), null)}>{drawing?.putHere ?? words.mapPut}</button>
          </>
        )}
      </div>
      {centre && <p class="small">{words.mapAt(describe(centre))}</p>}
    </div>
  );
}
