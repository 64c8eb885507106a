/** Small plane geometry for words beside the map: distances, containment, bounds. Pure. */
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import type { Bounds, LonLat } from '../api/types';

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function distanceMetres([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const half =
    Math.sin(radians(lat2 - lat1) / 2) ** 2 +
    Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(half));
}

function ringHolds(ring: Position[], [lon, lat]: LonLat): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[j] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

export function holds(area: Polygon | MultiPolygon, point: LonLat): boolean {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.some(([shell, ...holes]) => shell && ringHolds(shell, point) && !holes.some((hole) => ringHolds(hole, point)));
}

export const boundsHold = ([west, south, east, north]: Bounds, [lon, lat]: LonLat): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

export function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point': return [geometry.coordinates];
    case 'MultiPoint':
    case 'LineString': return geometry.coordinates;
    case 'Polygon':
    case 'MultiLineString': return geometry.coordinates.flat();
    case 'MultiPolygon': return geometry.coordinates.flat(2);
    case 'GeometryCollection': return geometry.geometries.flatMap(positionsOf);
  }
}

export function boundsOf(geometries: readonly Geometry[]): Bounds | null {
  let bounds: Bounds | null = null;
  for (const [x = 0, y = 0] of geometries.flatMap(positionsOf)) {
    bounds = bounds ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)] : [x, y, x, y];
  }
  return bounds;
}

/** One point that stands for a place on the map and in lists. */
export function middleOf(geometry: Geometry): LonLat {
  const [west, south, east, north] = boundsOf([geometry]) ?? [0, 0, 0, 0];
  return [(west + east) / 2, (south + north) / 2];
}

/** Reads two numbers that a person typed; a decimal comma is fine. */
export function parseCoordinates(latitude: string, longitude: string): LonLat | null {
  const read = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));
  const [lat, lon] = [read(latitude), read(longitude)];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}
