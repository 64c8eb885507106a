/** Making a place less exact, on this device, before anything is sent. The grid is fetched when it is first needed. */
import type { Geometry, Polygon, Position } from 'geojson';
import type { LonLat, Precision } from '../api/types';
import { hullOf } from './geometry';

/** H3 resolutions by precision, the same as the server's; an exact place is in no cell. */
export const RESOLUTION: Record<Precision, number | null> = { exact: null, street: 10, block: 9, area: 8 };

/** From finest to coarsest. */
export const PRECISIONS: readonly Precision[] = ['exact', 'street', 'block', 'area'];

export const isFiner = (one: Precision, other: Precision): boolean => PRECISIONS.indexOf(one) < PRECISIONS.indexOf(other);

/** Seven decimals are about a centimetre: more would only be noise, and the server stores as many. */
const sevenDecimals = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

export async function snap([lon, lat]: LonLat, precision: Precision): Promise<LonLat> {
  const resolution = RESOLUTION[precision];
  if (resolution === null) return [sevenDecimals(lon), sevenDecimals(lat)];
  const { cellToLatLng, latLngToCell } = await import('h3-js');
  const [cellLat, cellLon] = cellToLatLng(latLngToCell(lat, lon, resolution));
  return [sevenDecimals(cellLon), sevenDecimals(cellLat)];
}

/** The area that others would know, or null for an exact place. */
export async function knownArea([lon, lat]: LonLat, precision: Precision): Promise<Polygon | null> {
  const resolution = RESOLUTION[precision];
  if (resolution === null) return null;
  const { cellToBoundary, latLngToCell } = await import('h3-js');
  // GeoJSON order; the library closes the ring itself.
  return { type: 'Polygon', coordinates: [cellToBoundary(latLngToCell(lat, lon, resolution), true)] };
}

const same = ([x1, y1]: Position, [x2, y2]: Position): boolean => x1 === x2 && y1 === y2;
const withoutRepeats = (line: LonLat[]): LonLat[] => line.filter((point, i) => i === 0 || !same(point, line[i - 1] ?? []));
const walkOrPoint = (line: LonLat[]): Geometry => {
  const walk = withoutRepeats(line);
  return walk.length === 1 && walk[0] ? { type: 'Point', coordinates: walk[0] } : { type: 'LineString', coordinates: walk };
};

/**
 * The same that the server does with what it is sent: a pin becomes the middle of its cell; each corner of a walk likewise, repeats left
 * out; an area the hull of its corners. What collapses becomes a walk or a pin.
 */
export async function snapGeometry(geometry: Geometry, precision: Precision): Promise<Geometry> {
  const each = (line: Position[]): Promise<LonLat[]> => Promise.all(line.map(([lon = 0, lat = 0]) => snap([lon, lat], precision)));
  switch (geometry.type) {
    case 'Point': return { type: 'Point', coordinates: (await each([geometry.coordinates]))[0] ?? geometry.coordinates };
    case 'LineString': {
      const line = await each(geometry.coordinates);
      return precision === 'exact' ? { type: 'LineString', coordinates: line } : walkOrPoint(line);
    }
    case 'Polygon': {
      const rings = await Promise.all(geometry.coordinates.map(each));
      if (precision === 'exact') return { type: 'Polygon', coordinates: rings };
      const corners = rings[0] ?? [];
      const hull = hullOf(corners);
      return hull.length >= 3 ? { type: 'Polygon', coordinates: [[...hull, hull[0] ?? [0, 0]]] } : walkOrPoint(corners);
    }
    default: throw new Error(`${geometry.type} is no geometry of a place.`);
  }
}

/** The cells in which others would look for it: one for a pin, several along a walk; null for what is exact, and for areas, which are known as drawn. */
export async function knownCells(geometry: Geometry, precision: Precision): Promise<Polygon[] | null> {
  if (precision === 'exact' || geometry.type === 'Polygon') return null;
  const line = geometry.type === 'LineString' ? geometry.coordinates : geometry.type === 'Point' ? [geometry.coordinates] : [];
  const cells = await Promise.all(line.map(([lon = 0, lat = 0]) => knownArea([lon, lat], precision)));
  const known = new Map(cells.flatMap((cell) => (cell ? [[JSON.stringify(cell.coordinates[0]?.[0]), cell] as const] : [])));
  return [...known.values()];
}
