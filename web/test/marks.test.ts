import { describe, expect, it } from 'vitest';
import { boxDrawn, strokeFrom, strokeTo, type At, type Mark } from '../src/lib/photo/marks';

const WIDTH = 1000;

function sides(mark: Mark): [number, number] {
  if (mark.kind !== 'box') throw new Error('no box');
  return [mark.width, mark.height];
}

describe('a box that is drawn over a picture', () => {
  it('is the box of the keys, around the finger, when the finger only pressed', () => {
    for (const to of [[300, 200], [304, 197]] as const) expect(boxDrawn([300, 200], to, WIDTH)).toEqual({ kind: 'box', x: 220, y: 120, width: 160, height: 160 });
  });

  it('covers something, however flat it is drawn', () => {
    expect(sides(boxDrawn([100, 200], [500, 200], WIDTH))).toEqual([400, 30]);
    expect(sides(boxDrawn([500, 300], [500, 100], WIDTH))).toEqual([30, 200]);
  });

  it('is otherwise just what was drawn, whichever way', () => {
    expect(boxDrawn([500, 300], [100, 200], WIDTH)).toEqual({ kind: 'box', x: 100, y: 200, width: 400, height: 100 });
  });
});

describe('a stroke of the brush', () => {
  it('leaves no pixel along its way unblurred, though it was heard of at two far points only', () => {
    const [from, to]: [At, At] = [[12, 700], [977, 31]];
    const brush = strokeFrom(from, WIDTH);
    if (brush.kind !== 'brush') throw new Error('no brush');
    const points = strokeTo(brush.points, to, brush.radius);
    expect([points[0], points.at(-1)]).toEqual([from, to]);
    const covered = ([x, y]: At) => points.some(([px, py]) => Math.hypot(x - px, y - py) <= brush.radius);
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const [across, along]: [number, number] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
    const bare: At[] = [];
    for (let gone = 0; gone <= length; gone++) {
      // Along the middle, and to both sides of it: the stroke is about as broad as the brush all the way.
      for (const aside of [-0.8, 0, 0.8]) {
        const at: At = [from[0] + along * gone + across * aside * brush.radius, from[1] - across * gone + along * aside * brush.radius];
        if (!covered(at)) bare.push(at);
      }
    }
    expect(bare).toEqual([]);
  });
});
