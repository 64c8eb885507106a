import { describe, expect, it } from 'vitest';
import type { LonLat, Precision } from '../src/api/types';
import { distanceMetres } from '../src/lib/geometry';
import { isFiner, knownArea, RESOLUTION, snap } from '../src/lib/grid';

const POINTS: LonLat[] = [[26.7225, 58.3806], [24.9384, 60.1699], [10.7522, 59.9139], [-73.9, 40.85], [0, 0]];

/** Made with the C library through its Python binding: [lon, lat], resolution, cell centre to seven decimals. */
const H3_FIXTURES: [LonLat, number, LonLat][] = [
  [[26.7225, 58.3806], 10, [26.7221416, 58.3807044]],
  [[26.7225, 58.3806], 9, [26.7235091, 58.3815046]],
  [[26.7225, 58.3806], 8, [26.7235091, 58.3815046]],
  [[24.9384, 60.1699], 10, [24.937549, 60.1702082]],
  [[24.9384, 60.1699], 9, [24.937549, 60.1702082]],
  [[24.9384, 60.1699], 8, [24.9324102, 60.1698856]],
  [[10.7522, 59.9139], 10, [10.7513975, 59.9136253]],
  [[10.7522, 59.9139], 9, [10.7549908, 59.9142128]],
  [[10.7522, 59.9139], 8, [10.7524805, 59.9118674]],
  [[-73.9, 40.85], 10, [-73.9001804, 40.8497031]],
  [[-73.9, 40.85], 9, [-73.9017249, 40.8500407]],
  [[-73.9, 40.85], 8, [-73.8994836, 40.8474527]],
];

describe('making a place less exact', () => {
  it('uses the resolutions of the contract', () => {
    expect(RESOLUTION).toEqual({ exact: null, street: 10, block: 9, area: 8 });
  });

  it('keeps seven decimals of an exact place', async () => {
    expect(await snap([26.722512345678, 58.380612345678], 'exact')).toEqual([26.7225123, 58.3806123]);
  });

  it.each(H3_FIXTURES)('gives the cell centre that H3 4.5.0 in C gives for %s at resolution %i', async (point, resolution, centre) => {
    const precision = resolution === 10 ? 'street' : resolution === 9 ? 'block' : 'area';
    expect(await snap(point, precision)).toEqual(centre);
  });

  it('is the same when done twice, as the server does', async () => {
    for (const precision of ['exact', 'street', 'block', 'area'] as const) {
      for (const point of POINTS) {
        const once = await snap(point, precision);
        expect(await snap(once, precision)).toEqual(once);
      }
    }
  });

  it('stays within the size that the person was told', async () => {
    const sizes: [Precision, number][] = [['street', 130], ['block', 350], ['area', 920]];
    for (const [precision, metres] of sizes) {
      for (const point of POINTS) expect(distanceMetres(point, await snap(point, precision))).toBeLessThan(metres * 0.75);
    }
  });

  it('draws the known area around the place, closed, and none for an exact one', async () => {
    const area = await knownArea([26.7225, 58.3806], 'block');
    const ring = area?.coordinates[0] ?? [];
    expect(ring).toHaveLength(7);
    expect(ring[0]).toEqual(ring.at(-1));
    expect(await knownArea([26.7225, 58.3806], 'exact')).toBeNull();
  });

  it('knows which precision is finer', () => {
    expect(isFiner('exact', 'street')).toBe(true);
    expect(isFiner('area', 'block')).toBe(false);
  });
});
