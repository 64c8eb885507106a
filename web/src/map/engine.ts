/** The only file that touches MapLibre. It is loaded on demand, after the list, and may fail without harm. */
import { addProtocol, AttributionControl, Map as LibreMap, NavigationControl, setWorkerUrl, GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { PMTiles, Protocol } from 'pmtiles';
import type { FeatureCollection } from 'geojson';
import type { Bounds, LonLat } from '../api/types';
import { fetchFonts, fontsReady } from './fonts';
import { mapImages } from './icons';
import { CHOOSABLE, type SourceName } from './overlayLayers';
import { readPalette } from './palette';
import { SharedParts } from './sharedParts';
import { styleFor } from './style';

setWorkerUrl(workerUrl);
const BASEMAP_FILE = `${location.origin}/basemap.pmtiles`;
const protocol = new Protocol();
protocol.add(new PMTiles(new SharedParts(BASEMAP_FILE)));
addProtocol('pmtiles', protocol.tile);

export interface MapSetup {
  container: HTMLElement;
  label: string;
  zoomIn: string;
  zoomOut: string;
  bounds: Bounds | null;
  hasBasemap: boolean;
  attribution: string | null;
  /** A feature was pressed, at this point. */
  onChoose: (id: string, at: LonLat) => void;
  onPoint: (point: LonLat) => void;
  onMove: (centre: LonLat, zoom: number) => void;
}

export interface SteadMap {
  show(source: SourceName, data: FeatureCollection): void;
  fit(bounds: Bounds, maxZoom?: number): void;
  goTo(point: LonLat, minZoom: number): void;
  /** Moves by pixels, for the keyboard. */
  nudge(right: number, down: number): void;
  zoomBy(steps: number): void;
  /** Moves to exactly this view. */
  look(centre: LonLat, zoom: number): void;
  centre(): LonLat;
  remove(): void;
}

/** MapLibre draws its text with this face. */
const FACE = '400 24px';

/** Fetches what drawing a map needs besides this file, so that the device has it when there is no network. */
export async function fetchForLater(): Promise<void> {
  await Promise.all([fetch(workerUrl), fetchFonts(FACE)]);
}

/** As long as anything here may take to change its looks. */
const FADE_MS = 150;

const PLACELESS: Bounds = [-12, 40, 35, 70];

export async function createMap(setup: MapSetup): Promise<SteadMap> {
  await fontsReady(FACE);
  const palette = readPalette();
  const map = new LibreMap({
    container: setup.container,
    style: styleFor(palette, setup.hasBasemap ? BASEMAP_FILE : null),
    bounds: setup.bounds ?? PLACELESS,
    fitBoundsOptions: { padding: 16 },
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    // Names fade in, except for who asked for less motion.
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : FADE_MS,
    locale: { 'Map.Title': setup.label, 'NavigationControl.ZoomIn': setup.zoomIn, 'NavigationControl.ZoomOut': setup.zoomOut },
  });
  let removed = false;
  // What was asked for before the map went away comes to nothing, which is no error.
  // An error from a worker has lost its stack, and the console would print nothing of it but its kind.
  map.on('error', ({ error }) => void (removed || console.error(`The map: ${error.message}`)));
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new AttributionControl({ compact: false, ...(setup.attribution ? { customAttribution: setup.attribution } : {}) }));

  setup.container.setAttribute('aria-busy', 'true');
  await new Promise<void>((ready) => void map.once('style.load', () => ready()));
  for (const { id, image, pixelRatio } of mapImages(palette)) map.addImage(id, image, { pixelRatio });

  map.on('click', (event) => {
    const near: [[number, number], [number, number]] = [[event.point.x - 8, event.point.y - 8], [event.point.x + 8, event.point.y + 8]];
    for (const layer of CHOOSABLE) {
      const id: unknown = map.queryRenderedFeatures(layer.endsWith('-fill') ? event.point : near, { layers: [layer] })[0]?.properties['id'];
      if (typeof id === 'string') return setup.onChoose(id, [event.lngLat.lng, event.lngLat.lat]);
    }
    setup.onPoint([event.lngLat.lng, event.lngLat.lat]);
  });
  for (const layer of CHOOSABLE) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''));
  }
  const centre = (): LonLat => {
    const { lng, lat } = map.getCenter();
    return [lng, lat];
  };
  map.on('moveend', () => setup.onMove(centre(), map.getZoom()));
  // "Busy" until everything asked for so far is fetched and drawn.
  map.on('idle', () => setup.container.setAttribute('aria-busy', 'false'));
  map.on('dataloading', () => setup.container.setAttribute('aria-busy', 'true'));

  return {
    show: (source, data) => {
      const held = map.getSource(source);
      if (held instanceof GeoJSONSource) void held.setData(data);
    },
    fit: (bounds, maxZoom = 16) => void map.fitBounds(bounds, { padding: 48, maxZoom, duration: 0 }),
    goTo: (point, minZoom) => void map.jumpTo({ center: point, zoom: Math.max(map.getZoom(), minZoom) }),
    nudge: (right, down) => void map.panBy([right, down], { duration: 0 }),
    zoomBy: (steps) => void map.jumpTo({ zoom: map.getZoom() + steps }),
    look: (to, zoom) => void map.jumpTo({ center: to, zoom }),
    centre,
    remove: () => {
      removed = true;
      map.remove();
    },
  };
}
