/** Making a place less exact, on this device, before anything is sent. The grid is fetched when it is first needed. */
import type { Polygon } from 'geojson';
import type { LonLat, Precision } from '../api/types';

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
