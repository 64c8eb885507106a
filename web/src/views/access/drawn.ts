/** A small drawing of the community: from positions to points on paper, and back. Pure. */
import type { MultiPolygon, Polygon } from 'geojson';
import type { Bounds, LonLat } from '../../api/types';

export interface Sheet {
  width: number;
  height: number;
  at(point: readonly number[]): [x: number, y: number];
  back(x: number, y: number): LonLat;
}

/** Degrees of longitude are shorter than those of latitude; the drawing keeps true proportions at its middle. */
export function sheetOf([west, south, east, north]: Bounds, width: number): Sheet {
  const across = width / Math.max(east - west, 1e-9);
  const up = across / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return {
    width,
    height: up * (north - south),
    at: ([lon = 0, lat = 0]) => [across * (lon - west), up * (north - lat)],
    back: (x, y) => [west + x / across, north - y / up],
  };
}

export function pathOf(geometry: Polygon | MultiPolygon, { at }: Sheet): string {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  return rings.map((ring) => `M${ring.map((point) => at(point).map((number) => number.toFixed(1)).join(' ')).join('L')}Z`).join('');
}
