/** What a hand or the keys mark in a picture, to be blurred. What they place always covers something. */

/** In pixels of the picture. */
export type At = readonly [number, number];
export type Mark =
  | { kind: 'box'; x: number; y: number; width: number; height: number }
  | { kind: 'brush'; radius: number; points: readonly At[] };

/** Shares of the picture's width: what a finger covers, the box of the keys, and the thinnest box. */
const BRUSH = 0.04;
export const BOX = 0.16;
export const THINNEST = 0.03;

/** A box between two corners, whichever way it was drawn. */
export const boxBetween = ([x1, y1]: At, [x2, y2]: At): Mark =>
  ({ kind: 'box', x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) });

export const boxAround = ([x, y]: At, size: number): Mark => boxBetween([x - size / 2, y - size / 2], [x + size / 2, y + size / 2]);

/** From one to the other and, where they are closer, as far as `least` around their middle. */
function span(from: number, to: number, least: number): At {
  const half = Math.max(least, Math.abs(to - from)) / 2;
  return [(from + to) / 2 - half, (from + to) / 2 + half];
}

/** A press that hardly moved is the box of the keys; a box drawn flat is as thick as the thinnest. */
export function boxDrawn(from: At, to: At, pictureWidth: number): Mark {
  const least = THINNEST * pictureWidth;
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) < least) return boxAround(from, BOX * pictureWidth);
  const [left, right] = span(from[0], to[0], least);
  const [top, bottom] = span(from[1], to[1], least);
  return boxBetween([left, top], [right, bottom]);
}

export const strokeFrom = (at: At, pictureWidth: number): Mark => ({ kind: 'brush', radius: BRUSH * pictureWidth, points: [at] });

/** Carries a stroke on. A quick hand is heard of at far points only: between them the brush goes on by its radius at most. */
export function strokeTo(points: readonly At[], [x, y]: At, radius: number): At[] {
  const [x0, y0] = points.at(-1) ?? [x, y];
  const steps = Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / radius));
  const between = Array.from({ length: steps }, (_, step): At => [x0 + ((x - x0) * (step + 1)) / steps, y0 + ((y - y0) * (step + 1)) / steps]);
  return [...points, ...between];
}
