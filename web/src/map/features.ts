/** Our lists as the map wants them: the same features, with what the style needs to draw them. Pure. */
import type { Feature, FeatureCollection, Geometry, LineString, Polygon } from 'geojson';
import type { HotspotProperties, Hotspots, LonLat, Neighbourhoods, Place, Support } from '../api/types';
import { lookOf, type DrawnClass } from '../lib/drawing/looks';
import { middleOf } from '../lib/geometry';
import { pictogramFor } from './pictograms';

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const feature = (id: string, geometry: Geometry, properties: Record<string, string | boolean | number>): Feature =>
  ({ type: 'Feature', geometry, properties: { ...properties, id } });

export function supportsOnMap(supports: readonly Support[], chosen: string | null): FeatureCollection {
  return collection(supports.flatMap(({ id, geometry, properties }) => geometry === null ? [] :
    feature(id, geometry, { pictogram: pictogramFor(properties.category), label: properties.name ?? '', chosen: id === chosen })));
}

export const shapeOf = ({ being, doing }: { being: boolean; doing: boolean }): 'being' | 'doing' | 'both' =>
  being && doing ? 'both' : being ? 'being' : 'doing';

/** What a place is drawn by, whoever is shown it. */
type Drawn = { id: string; geometry: Geometry; properties: Pick<Place['properties'], 'being' | 'doing' | 'name'> };

export function placesOnMap(places: readonly Drawn[], chosen: string | null): FeatureCollection {
  return collection(places.map(({ id, geometry, properties }) =>
    feature(id, { type: 'Point', coordinates: middleOf(geometry) }, { shape: shapeOf(properties), label: properties.name ?? '', chosen: id === chosen })));
}

/** One point a neighbourhood, so that its name stands once: a polygon is named again in every tile it touches. */
export function namesOnMap(neighbourhoods: Neighbourhoods): FeatureCollection {
  return collection(neighbourhoods.features.map(({ id, geometry, properties }) =>
    feature(id, { type: 'Point', coordinates: middleOf(geometry) }, { name: properties.name })));
}

export interface KnownArea {
  id: string;
  polygon: Polygon | LineString;
}

export function areasOnMap(areas: readonly KnownArea[], chosen: string | null): FeatureCollection {
  return collection(areas.map(({ id, polygon }) => feature(id, polygon, { chosen: id === chosen })));
}

/** What an area is drawn as. */
export interface AreaLook {
  class: DrawnClass;
  /** Of a value, from few (0) to many; null where the class alone is drawn. */
  step: number | null;
}

/** By class, or by the step of a value where there is one; a point with the mark of each area that differs. */
export function hotspotsOnMap({ features, units }: Pick<Hotspots, 'features' | 'units'>, chosen: string | null, drawnAs: (area: HotspotProperties) => AreaLook): FeatureCollection {
  const named = units === 'neighbourhoods';
  const areas = features.flatMap(({ geometry, properties }) => (geometry ? [{ id: properties.unit, geometry, ...drawnAs(properties) }] : []));
  return collection([
    ...areas.map(({ id, geometry, class: of, step }) => feature(id, geometry, { class: of, chosen: id === chosen, ...(step === null ? {} : { step }) })),
    ...areas.flatMap(({ id, geometry, class: of }) => {
      const { mark } = lookOf(of);
      return mark ? [feature(id, { type: 'Point', coordinates: middleOf(geometry) }, { mark, named })] : [];
    }),
  ]);
}

/** Neighbourhoods by how many of their residents reach a support, in steps from few (0) to many. */
export function accessOnMap(neighbourhoods: Neighbourhoods | null, steps: ReadonlyMap<string, number>, chosen: string | null): FeatureCollection {
  return collection((neighbourhoods?.features ?? []).flatMap(({ id, geometry }) => {
    const step = steps.get(id);
    return step === undefined ? [] : [feature(id, geometry, { step, chosen: id === chosen })];
  }));
}

/** Supports that count, those that would close struck through, and those that would open. */
export function plannedOnMap(
  supports: readonly Support[], close: readonly string[], open: readonly { at: LonLat; kind: string }[], chosen: string | null,
): FeatureCollection {
  const there = supportsOnMap(supports, chosen).features.map((one) => ({ ...one, properties: { ...one.properties, closing: close.includes(String(one.properties?.['id'])) } }));
  return collection([...there, ...open.map(({ at, kind }, index) =>
    feature(`open-${index}`, { type: 'Point', coordinates: at }, { pictogram: pictogramFor(kind), label: '', chosen: true }))]);
}

/** The place that is being put: a pin, or the corners of a walk or an area and what they make so far. */
export function drawingOnMap({ shape, corners }: { shape: 'pin' | 'walk' | 'area'; corners: readonly LonLat[] }): FeatureCollection {
  const line = [...corners];
  const made: Feature[] = shape === 'pin' || line.length < 2 ? [] : [
    shape === 'area' && line[0] && line.length > 2
      ? feature('drawn', { type: 'Polygon', coordinates: [[...line, line[0]]] }, {})
      : feature('drawn', { type: 'LineString', coordinates: line }, {}),
  ];
  return collection([...made, ...line.map((coordinates, i) => feature(`corner-${i}`, { type: 'Point', coordinates }, { last: i === line.length - 1 }))]);
}
