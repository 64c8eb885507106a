/** A picture as plain values: what is drawn, what the legend says, what stands under it. The page and saved pictures are made from the same. Pure. */
import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import type { Bounds, LonLat } from '../../api/types';
import { boundsOf, middleOf } from '../geometry';
import type { Look, SupportState } from './looks';

/** How wide a drawing is in its own units. */
export const DRAWING_WIDTH = 600;
const EDGE = 3;

export interface DrawnArea {
  id: string;
  /** The outline as SVG path data. */
  d: string;
  look: Look;
  chosen: boolean;
}

/** Words, and a mark above them, at a point. */
export interface DrawnLabel {
  x: number;
  y: number;
  text: string | null;
  look: Look | null;
}

/** A support where it stands. */
export interface DrawnSupport {
  id: string;
  x: number;
  y: number;
  state: SupportState;
}

export interface Drawing {
  /** x, y, width, height of what can be seen. */
  frame: readonly [x: number, y: number, width: number, height: number];
  areas: readonly DrawnArea[];
  /** Thin dashed lines over the areas, such as neighbourhoods over a surface. */
  lines: readonly string[];
  supports?: readonly DrawnSupport[];
  labels: readonly DrawnLabel[];
}

export interface LegendEntry {
  /** Of an area, or of a support. */
  look: Look | SupportState;
  words: string;
}

export interface LegendWords {
  entries: readonly LegendEntry[];
  notes: readonly string[];
}

/** One drawing, or several beside each other, with the legend that they share. */
export interface SheetPart {
  drawings: readonly { caption: string | null; drawing: Drawing }[];
  legend: LegendWords & { title: string };
}

/** Everything that a picture must never be without once it leaves the page. */
export interface Sheet {
  title: string;
  /** What the picture shows, for whoever cannot see it; it goes into the file. */
  alt: string;
  /** Without its ending. */
  filename: string;
  parts: readonly SheetPart[];
  /** Sentences, n, date, release, policy, caveats, attribution; each its own paragraph. */
  lines: readonly string[];
}

/** From degrees to the drawing; degrees of longitude are shorter than those of latitude, so it keeps true proportions at its middle. */
export interface Projection {
  width: number;
  height: number;
  at: (position: readonly number[]) => [number, number];
  /** Where on earth a point of the drawing is. */
  back: (x: number, y: number) => LonLat;
}

export function projection([west, south, east, north]: Bounds, width = DRAWING_WIDTH): Projection {
  const scale = width / (east - west || 1e-6);
  const tall = scale / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return { width, height: tall * (north - south), at: ([lon = 0, lat = 0]) => [scale * (lon - west), tall * (north - lat)], back: (x, y) => [west + x / scale, north - y / tall] };
}

export function outlineOf(geometry: Polygon | MultiPolygon, { at }: Projection): string {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  return rings.map((ring) => `M${ring.map((position) => at(position).map((part) => part.toFixed(1)).join(' ')).join('L')}Z`).join('');
}

/** With room for what reaches over the edge. */
export const frameOf = ({ width, height }: Projection, edge = EDGE): Drawing['frame'] => [-edge, -edge, width + 2 * edge, height + 2 * edge];

export interface AreaToDraw {
  id: string;
  geometry: Polygon | MultiPolygon | null;
  look: Look;
  /** Written on it; null where it would be too much. */
  name: string | null;
  chosen?: boolean;
}

/** Areas as a drawing, or null where none has a shape. With `bounds`, several drawings show the same ground. */
export function drawingOf(areas: readonly AreaToDraw[], bounds: Bounds | null = null): Drawing | null {
  const shaped = areas.flatMap((area) => (area.geometry ? [{ ...area, geometry: area.geometry }] : []));
  const seen = bounds ?? boundsOf(shaped.map(({ geometry }): Geometry => geometry));
  if (!seen || shaped.length === 0) return null;
  const onto = projection(seen);
  return {
    frame: frameOf(onto),
    areas: shaped.map(({ id, geometry, look, chosen = false }) => ({ id, d: outlineOf(geometry, onto), look, chosen })),
    lines: [],
    labels: shaped.flatMap(({ geometry, name, look }) => {
      if (name === null && look.mark === null) return [];
      const [x, y] = onto.at(middleOf(geometry));
      return [{ x, y, text: name, look }];
    }),
  };
}

/** Where the mark of a label stands: on the point, or above the words. */
export const markAbove = ({ y, text }: DrawnLabel): number => (text === null ? y : y - 19);
/** The width of one sign of a mark, on names and on small hexagons. */
export const signOf = ({ text }: DrawnLabel): number => (text === null ? 8 : 11);
