/** A smooth surface on a grid, for drawing without a map and for a table. Pure. */
import type { Heat, LonLat, Neighbourhoods, Release } from '../../api/types';
import { boundsOf, holds } from '../../lib/geometry';
import { stepOf, type Steps } from '../picture/measures';

/** The closed list of the server, without what is finer than a release's own cells: those of resolution 8 are some 920 m wide. */
export const bandwidthsOf = (release: Release | undefined): readonly (500 | 1000 | 2000)[] => (release && release.cell_resolution > 8 ? [500, 1000, 2000] : [1000, 2000]);
/** Half a 90 % interval, in standard errors: below it the noise alone explains a value. */
const NINETY_PERCENT = 1.645;

export interface Spot {
  value: number;
  low: number;
  high: number;
  /** Whether the hexagon in which it lies may show anything. */
  enough: boolean;
}

export const spotAt = ({ values, standard_errors: errors, enough }: Heat, index: number): Spot | null => {
  const [value, error] = [values[index], errors[index]];
  return value == null || error == null ? null : { value, low: value - NINETY_PERCENT * error, high: value + NINETY_PERCENT * error, enough: enough[index] === true };
};

/** Of what may be shown: what may not is no end of a scale either. */
export const highest = ({ values, enough }: Heat): number => Math.max(0, ...values.filter((value, index) => value != null && enough[index]).map(Number));
export const stepsOf = (heat: Heat): Steps => ({ from: 0, to: highest(heat) });

/** −1 where the noise says as much, here or in the hexagon around; else the shade, from few (0) to many. */
export function shadeOf({ value, low, enough }: Spot, most: number): number {
  return !enough || low <= 0 || most <= 0 ? -1 : stepOf(value, { from: 0, to: most });
}

/** A corner of the grid: column and row, from the north-west. */
type Corner = readonly [number, number];

/** The outlines of each shade, around it and around its holes: every corner at which one turns. */
export function contoursOf(heat: Heat): Map<number, Corner[][]> {
  const sides = new Map<number, Map<string, Corner[]>>();
  const most = highest(heat);
  const shades = heat.values.map((_, index) => {
    const spot = spotAt(heat, index);
    return spot && shadeOf(spot, most);
  });
  const shadeAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= heat.columns || y >= heat.rows ? null : shades[(heat.rows - 1 - y) * heat.columns + x] ?? null;
  for (let y = 0; y < heat.rows; y++) {
    for (let x = 0; x < heat.columns; x++) {
      const shade = shadeAt(x, y);
      if (shade === null) continue;
      const from = sides.get(shade) ?? new Map<string, Corner[]>();
      sides.set(shade, from);
      // Clockwise, where another shade begins.
      const around: [number | null, Corner, Corner][] = [
        [shadeAt(x, y - 1), [x, y], [x + 1, y]], [shadeAt(x + 1, y), [x + 1, y], [x + 1, y + 1]],
        [shadeAt(x, y + 1), [x + 1, y + 1], [x, y + 1]], [shadeAt(x - 1, y), [x, y + 1], [x, y]],
      ];
      for (const [beyond, start, end] of around) if (beyond !== shade) from.set(start.join(), [...(from.get(start.join()) ?? []), end]);
    }
  }
  return new Map([...sides].map(([shade, from]) => [shade, [...loops(from)]]));
}

/** Joins sides, by the corner they start from, end to end until they come back. */
function* loops(from: Map<string, Corner[]>): Generator<Corner[]> {
  for (const [start, ends] of from) {
    while (ends.length > 0) {
      const loop: Corner[] = [];
      let before: Corner | undefined;
      let at = start.split(',').map(Number) as unknown as Corner;
      for (let next = ends.pop(); next; next = from.get(next.join())?.pop()) {
        // Straight on is no corner.
        if (!before || (next[0] - at[0]) * (at[1] - before[1]) !== (next[1] - at[1]) * (at[0] - before[0])) loop.push(at);
        [before, at] = [at, next];
      }
      yield loop;
    }
  }
}

/** The share of the surface where the noise is too large. */
export function unsureShare(heat: Heat): number {
  const most = highest(heat);
  const spots = heat.values.flatMap((_, index) => spotAt(heat, index) ?? []);
  return spots.length === 0 ? 1 : spots.filter((spot) => shadeOf(spot, most) < 0).length / spots.length;
}

/** What may be shown comes before what is denser and may not. */
const before = (a: Spot, b: Spot): boolean => (a.enough === b.enough ? a.value > b.value : a.enough);

/** The densest step inside each neighbourhood; null where no step lies in it. */
export function densest(heat: Heat, neighbourhoods: Neighbourhoods): { id: string; name: string; spot: Spot | null }[] {
  const { bounds, columns, rows } = heat;
  if (!bounds) return [];
  const [west, south, east, north] = bounds;
  return neighbourhoods.features.map(({ id, geometry, properties: { name } }) => {
    let spot: Spot | null = null;
    const around = boundsOf([geometry]);
    for (let index = 0; around && index < heat.values.length; index++) {
      const at: LonLat = [west + ((east - west) * ((index % columns) + 0.5)) / columns, south + ((north - south) * (Math.floor(index / columns) + 0.5)) / rows];
      if (at[0] < around[0] || at[0] > around[2] || at[1] < around[1] || at[1] > around[3]) continue;
      const here = spotAt(heat, index);
      if (here && (!spot || before(here, spot)) && holds(geometry, at)) spot = here;
    }
    return { id, name, spot };
  });
}
