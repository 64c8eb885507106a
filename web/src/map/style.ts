/** The whole style as one value: ground below, our data above. Pure, so that it can be tested without a map. */
import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { BASEMAP, basemapLayers, landColour } from './basemapLayers';
import { overlayLayers, SOURCES } from './overlayLayers';
import type { Palette } from './palette';

/** `basemap` is the address of the PMTiles file on our own host, or null for plain ground. No glyphs: the page's font is used. */
export function styleFor(palette: Palette, basemap: string | null): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {};
  if (basemap) sources[BASEMAP] = { type: 'vector', url: `pmtiles://${basemap}` };
  for (const name of SOURCES) sources[name] = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
  return {
    version: 8,
    sources,
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': landColour(palette) } },
      ...(basemap ? basemapLayers(palette) : []),
      ...overlayLayers(palette, basemap !== null),
    ],
  };
}
