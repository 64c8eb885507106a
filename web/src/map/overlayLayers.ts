/** Our own data on top of the ground: neighbourhoods, the picture, precision areas, places, supports. Pure. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { classesWith, type DrawnClass, type Mark, type Stripe } from '../lib/drawing/looks';
import { FONT } from './basemapLayers';
import type { Palette } from './palette';

export const SOURCES = ['neighbourhoods', 'names', 'access', 'hotspots', 'areas', 'drawing', 'places', 'supports'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Layers whose features can be chosen, top first. */
export const CHOOSABLE = ['supports', 'places', 'hotspot-fill', 'access-fill'];

/** The images of stripes. */
export const HATCHES: Readonly<Record<Stripe, string>> = { rising: 'hatch-rising', falling: 'hatch-falling', upright: 'hatch-upright' };
/** The images of marks begin so. */
export const MARK_ICON = 'mark-';
export const MARKS: readonly Mark[] = ['plus-plus', 'plus', 'minus', 'minus-minus'];

const chosen: ExpressionSpecification = ['boolean', ['get', 'chosen'], false];
const classIs = (classes: readonly DrawnClass[]): ExpressionSpecification => ['in', ['get', 'class'], ['literal', [...classes]]];
/** Which way the stripes of a class lean. */
const hatchOf: ExpressionSpecification = ['match', ['get', 'class'],
  classesWith(({ stripe }) => stripe === 'rising'), HATCHES.rising,
  classesWith(({ stripe }) => stripe === 'falling'), HATCHES.falling,
  HATCHES.upright];

/** One hue, stronger for more. */
const stepColour = (palette: Palette): ExpressionSpecification => ['interpolate', ['linear'], ['get', 'step'], 0, palette.none, 4, palette.pine];

/** The step of a value where there is one, else what the class means. */
export function classColour(palette: Palette): ExpressionSpecification {
  return ['case', ['has', 'step'], stepColour(palette), ['match', ['get', 'class'],
    'hot99', palette.hot99, 'hot95', palette.hot95, 'hot90', palette.hot90, 'none', palette.none,
    'cold90', palette.cold90, 'cold95', palette.cold95, 'cold99', palette.cold99, palette.notEnough]];
}

export function overlayLayers(palette: Palette, hasBasemap: boolean): LayerSpecification[] {
  const text = { 'text-color': palette.ink, 'text-halo-color': palette.paper, 'text-halo-width': 2 };
  return [
    { id: 'neighbourhood-fill', type: 'fill', source: 'neighbourhoods', layout: { visibility: hasBasemap ? 'none' : 'visible' }, paint: { 'fill-color': palette.sand, 'fill-opacity': 0.8 } },
    // How many residents reach a support, from few to many: one hue, stronger for more.
    { id: 'access-fill', type: 'fill', source: 'access', paint: { 'fill-color': stepColour(palette), 'fill-opacity': 0.85 } },
    { id: 'access-line', type: 'line', source: 'access', paint: { 'line-color': palette.border, 'line-width': ['case', chosen, 5, 1] } },
    { id: 'hotspot-fill', type: 'fill', source: 'hotspots', filter: ['!', ['has', 'mark']], paint: { 'fill-color': classColour(palette), 'fill-opacity': 0.92 } },
    // Stripes say "we are not sure": rising, falling, or upright where there is not enough information.
    { id: 'hotspot-hatch', type: 'fill', source: 'hotspots', filter: classIs(classesWith(({ stripe }) => stripe !== null)), paint: { 'fill-pattern': hatchOf } },
    { id: 'hotspot-line', type: 'line', source: 'hotspots', paint: { 'line-color': palette.border, 'line-width': 0.6, 'line-opacity': 0.6 } },
    { id: 'neighbourhood-line', type: 'line', source: 'neighbourhoods', paint: { 'line-color': palette.border, 'line-width': 1, 'line-dasharray': [4, 3], 'line-opacity': 0.8 } },
    { id: 'hotspot-outline', type: 'line', source: 'hotspots', filter: classIs(classesWith(({ sure }) => sure)), layout: { 'line-join': 'round' }, paint: { 'line-color': palette.ink, 'line-width': 2.5 } },
    { id: 'hotspot-chosen', type: 'line', source: 'hotspots', filter: chosen, layout: { 'line-join': 'round' }, paint: { 'line-color': palette.copper, 'line-width': 5 } },
    { id: 'area-fill', type: 'fill', source: 'areas', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': palette.pine, 'fill-opacity': ['case', chosen, 0.3, 0.16] } },
    { id: 'area-line', type: 'line', source: 'areas', paint: { 'line-color': palette.pine, 'line-width': ['case', chosen, 3, 1.5] } },
    { id: 'drawing-fill', type: 'fill', source: 'drawing', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': palette.copper, 'fill-opacity': 0.16 } },
    { id: 'drawing-line', type: 'line', source: 'drawing', layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': palette.copper, 'line-width': 4 } },
    { id: 'drawing-corner', type: 'circle', source: 'drawing', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': ['case', ['boolean', ['get', 'last'], false], 8, 5], 'circle-color': palette.copper, 'circle-stroke-color': palette.paper, 'circle-stroke-width': 2 } },
    { id: 'neighbourhood-name', type: 'symbol', source: 'names', maxzoom: 15.5, layout: { 'text-field': ['get', 'name'], 'text-font': [FONT], 'text-size': 14, 'text-max-width': 7, 'text-padding': 6, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.9 }, paint: text },
    // Plus and minus, so that more and fewer do not hang on their colours; above the name where there is one. Names give way to them.
    { id: 'hotspot-mark', type: 'symbol', source: 'hotspots', filter: ['has', 'mark'], layout: { 'icon-image': ['concat', MARK_ICON, ['get', 'mark']], 'icon-offset': ['case', ['boolean', ['get', 'named'], false], ['literal', [0, -20]], ['literal', [0, 0]]], 'icon-allow-overlap': true } },
    {
      id: 'places', type: 'symbol', source: 'places',
      layout: { 'icon-image': ['concat', 'place-', ['get', 'shape']], 'icon-size': ['case', chosen, 1.35, 1], 'icon-allow-overlap': true, 'symbol-sort-key': ['case', chosen, 1, 0], 'text-field': ['step', ['zoom'], '', 14, ['get', 'label']], 'text-font': [FONT], 'text-size': 13, 'text-offset': [0, 1.3], 'text-anchor': 'top', 'text-optional': true },
      paint: text,
    },
    {
      id: 'supports', type: 'symbol', source: 'supports',
      layout: { 'icon-image': ['concat', ['case', ['boolean', ['get', 'closing'], false], 'support-closing-', chosen, 'support-chosen-', 'support-'], ['get', 'pictogram']], 'icon-allow-overlap': true, 'symbol-sort-key': ['case', chosen, 1, 0], 'text-field': ['step', ['zoom'], ['case', chosen, ['get', 'label'], ''], 15.5, ['get', 'label']], 'text-font': [FONT], 'text-size': 13, 'text-offset': [0, 1.4], 'text-anchor': 'top', 'text-optional': true },
      paint: text,
    },
  ];
}
