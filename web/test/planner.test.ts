import { describe, expect, it } from 'vitest';
import type { Heat, Hotspot, Neighbourhoods, Release } from '../src/api/types';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { en as plan } from '../src/i18n/planner/en';
import { bandwidthsOf, contoursOf, densest, unsureShare } from '../src/views/heat/surface';
import { surfaceSentences } from '../src/views/heat/surfaceSentences';
import { shades } from '../src/views/rhythm/EachWeek';
import { clockOf, extremes, hourOf, instantOfHour, localHour, mondayOf, PRESETS, rangeOf, shadeOf } from '../src/views/rhythm/hours';
import { rhythmCsv, rhythmShapes } from '../src/views/rhythm/files';

const heat: Heat = {
  release: 'r', measure: 'concentration', policy: 'formal', kernel: 'gaussian', bandwidth: 1000, bandwidths: [1000, 2000], unit: 'u',
  bounds: [0, 0, 4, 2], columns: 4, rows: 2, values: [10, 50, 50, 100, null, -5, 9, 50], standard_errors: [10, 10, 10, 10, null, 10, 10, 10],
  enough: [true, true, true, true, null, true, true, true],
};

const square = (x: number): Neighbourhoods['features'][number] => ({
  type: 'Feature', id: String(x), properties: { name: String(x) } as Neighbourhoods['features'][number]['properties'],
  geometry: { type: 'Polygon', coordinates: [[[x, 0], [x + 2, 0], [x + 2, 2], [x, 2], [x, 0]]] },
});

describe('the surface', () => {
  it('draws the outline of each shade from the north, and leaves out what the release does not reach', () => {
    expect([...contoursOf(heat)].sort(([a], [b]) => a - b)).toEqual([
      // Where steps touch at a corner, the outline goes through it.
      [-1, [[[1, 0], [3, 0], [3, 1], [1, 1], [1, 2], [0, 2], [0, 1], [1, 1]]]],
      [2, [[[3, 0], [4, 0], [4, 1], [3, 1], [3, 2], [1, 2], [1, 1], [3, 1]]]],
      [4, [[[3, 1], [4, 1], [4, 2], [3, 2]]]],
    ]);
  });

  it('goes around holes, too, and covers every step exactly once', () => {
    const ring: Heat = { ...heat, columns: 3, rows: 3, values: [90, 90, 90, 90, 20, 90, 90, 90, 100], standard_errors: Array<number>(9).fill(1), enough: Array<boolean>(9).fill(true) };
    const area = (loop: readonly (readonly [number, number])[]) =>
      loop.reduce((sum, [x, y], i) => sum + x * (loop[(i + 1) % loop.length]?.[1] ?? 0) - y * (loop[(i + 1) % loop.length]?.[0] ?? 0), 0) / 2;
    const found = contoursOf(ring);
    expect([...found].map(([shade, loops]) => [shade, loops.map(area).sort((a, b) => a - b)])).toEqual([[4, [-1, 9]], [1, [1]]]);
  });

  it('says in how much of it the noise is too large, of what it covers', () => {
    expect(unsureShare(heat)).toBeCloseTo(3 / 7);
  });

  it('shows no spot, and is scaled by none, where the hexagon around may show nothing', () => {
    const hidden: Heat = { ...heat, enough: [true, true, true, false, null, true, true, true] };
    // The densest step is grey, and those that were of the middle shade are now the darkest.
    expect([...contoursOf(hidden)].map(([shade]) => shade).sort()).toEqual([-1, 4]);
    expect(unsureShare(hidden)).toBeCloseTo(4 / 7);
    expect(densest(hidden, { features: [square(2)] } as Neighbourhoods).map(({ spot }) => spot?.value)).toEqual([50]);
  });

  it('names no spot for being the highest, only hexagons that stand out after the correction', () => {
    const cell = (name: string, of: 'hot95' | 'hot90' | 'none'): Hotspot => ({
      type: 'Feature', geometry: null, properties: { unit: name, name, value: 900, low: 880, high: 920, people: 900, z: 3, q: 0.01, class: of },
    });
    const said = (cells: Hotspot[]) => surfaceSentences(heat, cells, { picture: en.picture, plan }, formatsFor('en'));
    expect(said([cell('Hill', 'hot90'), cell('Port', 'none')])).toEqual([
      `${plan.heat.tested} ${en.picture.hotNone} ${plan.heat.noneKnown}`, `${plan.heat.quiet('43%')} ${plan.heat.byChance}`, plan.heat.more,
    ]);
    expect(said([cell('Hill', 'hot95'), cell('Port', 'none')])[0]).toBe(`${plan.heat.tested} In 1 area, more people mapped places than chance would give: Hill.`);
  });

  it('is offered no finer than the hexagons that it is made of', () => {
    expect([8, 9].map((cell_resolution) => bandwidthsOf({ cell_resolution } as Release))).toEqual([[1000, 2000], [500, 1000, 2000]]);
    expect(bandwidthsOf(undefined)).toEqual([1000, 2000]);
  });

  it('finds the densest spot inside a neighbourhood, with its interval, and none where no step lies', () => {
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

  it('knows the Monday of a week, and the instant of its hours by the community’s clocks', () => {
    expect(['2026-11-23T00:00', '2026-11-29T23:59', '2026-12-01T12:00'].map(mondayOf)).toEqual(['2026-11-23', '2026-11-23', '2026-11-30']);
    // Late on Sunday in London it is Monday in Tallinn already: another week.
    expect(instantOfHour(0, 'Europe/Tallinn', new Date('2026-11-29T22:30:00Z'))).toBe('2026-11-29T22:00:00Z');
    expect(instantOfHour(163, 'Europe/Tallinn', new Date('2026-11-26T12:00:00Z'))).toBe('2026-11-29T17:00:00Z');
    expect([instantOfHour(null, 'Europe/Tallinn', new Date(0)), instantOfHour(5, null, new Date(0))]).toEqual([null, null]);
  });

  it('draws hours of one shade as one, but never over midnight', () => {
    const open = Array.from({ length: 168 }, (_, hour) => (hour >= 22 && hour < 26 ? 4 : 0));
    const drawn = shades(open, 4);
    expect([...drawn.keys()]).toEqual([0, 4]);
    expect(drawn.get(4)).toBe('M220 0h20v10h-20zM0 10h20v10h-20z');
    expect(drawn.get(0)).toBe(`M0 0h220v10h-220zM20 10h220v10h-220z${[20, 30, 40, 50, 60].map((y) => `M0 ${y}h240v10h-240z`).join('')}`);
  });

  it('goes home hour by hour, for each neighbourhood, with what was asked', () => {
    const week = { supports: 2, open: Array(168).fill(1) as number[], unknown: Array(168).fill(0) as number[] };
    const rhythm = { ...week, week: '2026-11-23', neighbourhoods: [{ ...week, id: 'a', name: 'Aia' }, { ...week, id: 'gone', name: 'Gone' }] };
    const lines = rhythmCsv(rhythm, 'Town', { asked: '{}' }).trimEnd().split('\r\n');
    expect([lines.length, lines[0], lines[169], lines[168 + 168]]).toEqual([1 + 3 * 168, 'neighbourhood,name,day,hour,open,unknown,supports,asked', 'a,Aia,Mo,00:00,1,0,2,{}', 'a,Aia,Su,23:00,1,0,2,{}']);
    const areas = { type: 'FeatureCollection', features: [{ type: 'Feature', id: 'a', geometry: { type: 'Polygon', coordinates: [] }, properties: {} }] } as unknown as Neighbourhoods;
    expect(rhythmShapes(rhythm, areas, { asked: '{}' })).toMatchObject({ metadata: { asked: '{}' }, features: [{ id: 'a', properties: { supports: 2 } }] });
  });

  it('shades nothing only where nothing is open, and says the range of each part of a day', () => {
    expect([[0, 10], [1, 10], [10, 10], [3, 0]].map(([open = 0, all = 0]) => shadeOf(open, all))).toEqual([0, 1, 4, 0]);
    const open = Array.from({ length: 168 }, (_, hour) => (hour % 24 >= 18 ? 3 : hour === 30 ? 9 : 0));
    expect([rangeOf(open, 0, 'evening'), rangeOf(open, 1, 'morning'), rangeOf(open, 1, 'night')]).toEqual([[3, 3], [0, 9], [0, 0]]);
    expect(extremes(open)).toEqual({ most: 30, none: 168 - 7 * 6 - 1 });
  });
});
