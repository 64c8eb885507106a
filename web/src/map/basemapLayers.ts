/** Our own muted drawing of an OpenMapTiles basemap: greys, soft green and blue, legible names. Pure. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette';

export const BASEMAP = 'basemap';
export const FONT = 'Atkinson Hyperlegible Next Variable';

interface Ground {
  land: string; green: string; water: string; building: string; road: string; casing: string; path: string; label: string; halo: string;
}

const LIGHT: Ground = {
  land: '#f4f1ea', green: '#e0e9d6', water: '#cfe0e6', building: '#e7e2d8', road: '#ffffff', casing: '#d9d3c7', path: '#cfc7b8', label: '#4a5357', halo: '#f7f4ee',
};
const DARK: Ground = {
  land: '#1d2325', green: '#22302a', water: '#1f3540', building: '#282f31', road: '#394143', casing: '#1a1f21', path: '#3a4140', label: '#b9c0be', halo: '#171c1e',
};

const name: ExpressionSpecification = ['coalesce', ['get', 'name'], ['get', 'name:latin'], ''];
const classIn = (...classes: string[]): ExpressionSpecification => ['in', ['get', 'class'], ['literal', classes]];
const widening = (at11: number, at18: number): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], 11, at11, 18, at18];

export const landColour = (palette: Palette): string => (palette.dark ? DARK : LIGHT).land;

export function basemapLayers(palette: Palette): LayerSpecification[] {
  const g = palette.dark ? DARK : LIGHT;
  const streets = classIn('minor', 'service', 'tertiary', 'unclassified');
  const mainRoads = classIn('motorway', 'trunk', 'primary', 'secondary');
  const from = { source: BASEMAP } as const;
  const text = { 'text-color': g.label, 'text-halo-color': g.halo, 'text-halo-width': 1.5 };
  return [
    { id: 'landcover', type: 'fill', ...from, 'source-layer': 'landcover', filter: classIn('grass', 'wood', 'farmland'), paint: { 'fill-color': g.green, 'fill-opacity': 0.7 } },
    { id: 'landuse', type: 'fill', ...from, 'source-layer': 'landuse', filter: classIn('cemetery', 'pitch', 'playground', 'stadium'), paint: { 'fill-color': g.green } },
    { id: 'park', type: 'fill', ...from, 'source-layer': 'park', paint: { 'fill-color': g.green } },
    { id: 'water', type: 'fill', ...from, 'source-layer': 'water', paint: { 'fill-color': g.water } },
    { id: 'waterway', type: 'line', ...from, 'source-layer': 'waterway', paint: { 'line-color': g.water, 'line-width': widening(1, 6) } },
    { id: 'building', type: 'fill', ...from, 'source-layer': 'building', minzoom: 14, paint: { 'fill-color': g.building } },
    { id: 'path', type: 'line', ...from, 'source-layer': 'transportation', minzoom: 14, filter: classIn('path', 'track'), paint: { 'line-color': g.path, 'line-width': widening(0.5, 3), 'line-dasharray': [2, 1.5] } },
    { id: 'rail', type: 'line', ...from, 'source-layer': 'transportation', filter: classIn('rail', 'transit'), paint: { 'line-color': g.casing, 'line-width': widening(0.6, 3) } },
    { id: 'street-casing', type: 'line', ...from, 'source-layer': 'transportation', minzoom: 13, filter: streets, paint: { 'line-color': g.casing, 'line-width': widening(1, 15) }, layout: { 'line-cap': 'round' } },
    { id: 'road-casing', type: 'line', ...from, 'source-layer': 'transportation', filter: mainRoads, paint: { 'line-color': g.casing, 'line-width': widening(2, 21) }, layout: { 'line-cap': 'round' } },
    { id: 'street', type: 'line', ...from, 'source-layer': 'transportation', minzoom: 13, filter: streets, paint: { 'line-color': g.road, 'line-width': widening(0.6, 12.5) }, layout: { 'line-cap': 'round' } },
    { id: 'road', type: 'line', ...from, 'source-layer': 'transportation', filter: mainRoads, paint: { 'line-color': g.road, 'line-width': widening(1.2, 18) }, layout: { 'line-cap': 'round' } },
    { id: 'street-name', type: 'symbol', ...from, 'source-layer': 'transportation_name', minzoom: 14, layout: { 'symbol-placement': 'line', 'text-field': name, 'text-font': [FONT], 'text-size': 12, 'text-max-angle': 30 }, paint: text },
    { id: 'water-name', type: 'symbol', ...from, 'source-layer': 'water_name', layout: { 'text-field': name, 'text-font': [FONT], 'text-size': 12 }, paint: text },
    { id: 'place-name', type: 'symbol', ...from, 'source-layer': 'place', layout: { 'text-field': name, 'text-font': [FONT], 'text-size': ['interpolate', ['linear'], ['zoom'], 10, 13, 16, 17], 'text-max-width': 8 }, paint: { ...text, 'text-halo-width': 2 } },
  ];
}
