import { describe, expect, it } from 'vitest';
import type { Heat, Neighbourhoods } from '../src/api/types';
import { densest, runsOf, unsureShare } from '../src/views/heat/surface';
import { clockOf, extremes, hourOf, localHour, PRESETS, rangeOf, shadeOf } from '../src/views/rhythm/hours';

const heat: Heat = {
  release: 'r', measure: 'concentration', policy: 'formal', kernel: 'gaussian', bandwidth: 1000, unit: 'u',
  bounds: [0, 0, 4, 2], columns: 4, rows: 2, values: [10, 50, 50, 100, null, -5, 9, 50], standard_errors: [10, 10, 10, 10, null, 10, 10, 10],
};

describe('the surface', () => {
  it('draws from the north, joins equal steps, and leaves out what the release does not reach', () => {
    expect(runsOf(heat)).toEqual([
      { x: 0, y: 1, length: 1, shade: -1 }, { x: 1, y: 1, length: 2, shade: 2 }, { x: 3, y: 1, length: 1, shade: 4 },
      { x: 1, y: 0, length: 2, shade: -1 }, { x: 3, y: 0, length: 1, shade: 2 },
    ]);
  });

  it('says in how much of it the noise is too large, of what it covers', () => {
    expect(unsureShare(heat)).toBeCloseTo(3 / 7);
  });

  it('finds the densest spot inside a neighbourhood, with its interval, and none where no step lies', () => {
    const square = (x: number): Neighbourhoods['features'][number] => ({
      type: 'Feature', id: String(x), properties: { name: String(x) } as Neighbourhoods['features'][number]['properties'],
      geometry: { type: 'Polygon', coordinates: [[[x, 0], [x + 2, 0], [x + 2, 2], [x, 2], [x, 0]]] },
    });
    const areas = { type: 'FeatureCollection', features: [square(0), square(2), square(9)] } as Neighbourhoods;
    expect(densest(heat, areas).map(({ spot }) => spot && [spot.value, Math.round(spot.low)])).toEqual([[50, 34], [100, 84], null]);
  });
});

describe('the week', () => {
  it('reads its hour from the address and falls back to Sunday evening', () => {
    expect([hourOf('0'), hourOf('167'), hourOf('168'), hourOf('1.5'), hourOf('x'), hourOf(''), hourOf(null)]).toEqual([0, 167, ...Array(5).fill(PRESETS.sundayEvening)]);
  });

  it('knows the day and the clock of an hour, also over the end of a month', () => {
    expect(localHour('2026-11-30', 24 * 2 + 9)).toBe('2026-12-02T09:00');
    expect(clockOf(167)).toBe('23:00');
  });

  it('shades nothing only where nothing is open, and says the range of each part of a day', () => {
    expect([[0, 10], [1, 10], [10, 10], [3, 0]].map(([open = 0, all = 0]) => shadeOf(open, all))).toEqual([0, 1, 4, 0]);
    const open = Array.from({ length: 168 }, (_, hour) => (hour % 24 >= 18 ? 3 : hour === 30 ? 9 : 0));
    expect([rangeOf(open, 0, 'evening'), rangeOf(open, 1, 'morning'), rangeOf(open, 1, 'night')]).toEqual([[3, 3], [0, 9], [0, 0]]);
    expect(extremes(open)).toEqual({ most: 30, none: 168 - 7 * 6 - 1 });
  });
});
