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

/** Twice the signed area of a triangle: positive where the way turns left. */
const turn = ([x1, y1]: LonLat, [x2, y2]: LonLat, [x3, y3]: LonLat): number => (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1);

/** The corners of the convex hull, counter-clockwise, the first not repeated (Andrew's monotone chain, 1979). */
export function hullOf(points: readonly LonLat[]): LonLat[] {
  const sorted = [...new Map(points.map((point) => [point.join(), point])).values()].sort(([x1, y1], [x2, y2]) => x1 - x2 || y1 - y2);
  if (sorted.length < 3) return sorted;
  const half = (way: readonly LonLat[]): LonLat[] => {
    const chain: LonLat[] = [];
    for (const point of way) {
      for (let [a, b] = chain.slice(-2); a && b && turn(a, b, point) <= 0; [a, b] = chain.slice(-2)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}

/** Whether two sides of an outline cross each other; sides that share a corner do not. */
export function crossesItself(corners: readonly LonLat[]): boolean {
  const sides = corners.map((corner, i): [LonLat, LonLat] => [corner, corners[(i + 1) % corners.length] ?? corner]);
  const crosses = ([a, b]: [LonLat, LonLat], [c, d]: [LonLat, LonLat]): boolean =>
    turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
  return sides.some((side, i) => sides.some((other, j) => j > i + 1 && !(i === 0 && j === sides.length - 1) && crosses(side, other)));
}

/** How long a line is on the ground. */
export const lengthMetres = (line: readonly LonLat[]): number =>
  line.reduce((sum, point, i) => sum + (i === 0 ? 0 : distanceMetres(line[i - 1] ?? point, point)), 0);
