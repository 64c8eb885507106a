/** Areas that a researcher draws, measures out or pastes. Pure. */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { LonLat } from '../../api/types';
import { parseJson } from '../../lib/json';

export type Area = Polygon | MultiPolygon;

/** As many positions as the server takes. */
export const MOST_VERTICES = 2000;
const CIRCLE_CORNERS = 64;
const EARTH_RADIUS_M = 6_371_008.8;

/** A ring through the corners; null for fewer than three. */
export function polygonOf(corners: readonly LonLat[]): Polygon | null {
  const [first] = corners;
  return first && corners.length >= 3 ? { type: 'Polygon', coordinates: [[...corners.map((corner) => [...corner]), [...first]]] } : null;
}

/** A circle on the ground as a polygon of 64 corners. */
export function circle([lon, lat]: LonLat, metres: number): Polygon {
  const [phi, reach] = [(lat * Math.PI) / 180, metres / EARTH_RADIUS_M];
  const corners = Array.from({ length: CIRCLE_CORNERS }, (_, n): LonLat => {
    const bearing = (-2 * Math.PI * n) / CIRCLE_CORNERS;
    const north = Math.asin(Math.sin(phi) * Math.cos(reach) + Math.cos(phi) * Math.sin(reach) * Math.cos(bearing));
    const east = Math.atan2(Math.sin(bearing) * Math.sin(reach) * Math.cos(phi), Math.cos(reach) - Math.sin(phi) * Math.sin(north));
    return [lon + (east * 180) / Math.PI, (north * 180) / Math.PI];
  });
  return polygonOf(corners) as Polygon;
}

const isRing = (ring: unknown): ring is Position[] =>
  Array.isArray(ring) && ring.length >= 4 && ring.every((at) => Array.isArray(at) && at.length >= 2 && at.every((n) => typeof n === 'number' && Number.isFinite(n)));
const isPolygon = (rings: unknown): rings is Position[][] => Array.isArray(rings) && rings.length > 0 && rings.every(isRing);
/** Heights are left out: the map is flat. */
const flat = (rings: Position[][]): Position[][] => rings.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon, lat]));

/** The area in pasted GeoJSON: a geometry, a feature, or the polygons of a collection together. Null for anything else. */
export function areaOf(text: string): Area | null {
  const polygons = polygonsIn(parseJson(text), 0);
  if (!polygons || polygons.length === 0) return null;
  const [only] = polygons;
  return polygons.length === 1 && only ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons };
}

function polygonsIn(value: unknown, depth: number): Position[][][] | null {
  if (typeof value !== 'object' || value === null || depth > 4) return null;
  const { type, coordinates, geometry, geometries, features } = value as Record<string, unknown>;
  const together = (parts: unknown): Position[][][] | null => {
    if (!Array.isArray(parts)) return null;
    const found = parts.map((part) => polygonsIn(part, depth + 1));
    return found.some((one) => one === null) ? null : found.flatMap((one) => one ?? []);
  };
  switch (type) {
    case 'Polygon': return isPolygon(coordinates) ? [flat(coordinates)] : null;
    case 'MultiPolygon': return Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon) ? coordinates.map(flat) : null;
    case 'Feature': return polygonsIn(geometry, depth + 1);
    case 'FeatureCollection': return together(features);
    case 'GeometryCollection': return together(geometries);
    default: return null;
  }
}

export const vertices = (area: Area): number =>
  (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).flat().reduce((sum, ring) => sum + ring.length, 0);
