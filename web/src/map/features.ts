/** Our lists as the map wants them: the same features, with what the style needs to draw them. Pure. */
import type { Feature, FeatureCollection, Geometry, Polygon } from 'geojson';
import type { Hotspots, Neighbourhoods, Place, Support } from '../api/types';
import { middleOf } from '../lib/geometry';
import { pictogramFor } from './pictograms';

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const feature = (id: string, geometry: Geometry, properties: Record<string, string | boolean>): Feature =>
  ({ type: 'Feature', geometry, properties: { ...properties, id } });

export function supportsOnMap(supports: readonly Support[], chosen: string | null): FeatureCollection {
  return collection(supports.map(({ id, geometry, properties }) =>
    feature(id, geometry, { pictogram: pictogramFor(properties.category), label: properties.name ?? '', chosen: id === chosen })));
}

export const shapeOf = ({ being, doing }: { being: boolean; doing: boolean }): 'being' | 'doing' | 'both' =>
  being && doing ? 'both' : being ? 'being' : 'doing';

export function placesOnMap(places: readonly Place[], chosen: string | null): FeatureCollection {
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
  polygon: Polygon;
}

export function areasOnMap(areas: readonly KnownArea[], chosen: string | null): FeatureCollection {
  return collection(areas.map(({ id, polygon }) => feature(id, polygon, { chosen: id === chosen })));
}

export function hotspotsOnMap(hotspots: Hotspots, chosen: string | null): FeatureCollection {
  return collection(hotspots.features.flatMap(({ geometry, properties }) =>
    geometry ? [feature(properties.unit, geometry, { class: properties.class, chosen: properties.unit === chosen })] : []));
}
