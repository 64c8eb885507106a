/** A smooth surface on a grid, for drawing without a map and for a table. Pure. */
import type { Heat, LonLat, Neighbourhoods } from '../../api/types';
import { boundsOf, holds } from '../../lib/geometry';
import { stepOf, type Steps } from '../picture/measures';

/** The closed list of the server. */
export const BANDWIDTHS = [500, 1000, 2000] as const;
/** Half a 90 % interval, in standard errors: below it the noise alone explains a value. */
const NINETY_PERCENT = 1.645;

export interface Spot {
  value: number;
  low: number;
  high: number;
}

export const spotAt = ({ values, standard_errors: errors }: Heat, index: number): Spot | null => {
  const [value, error] = [values[index], errors[index]];
  return value == null || error == null ? null : { value, low: value - NINETY_PERCENT * error, high: value + NINETY_PERCENT * error };
};

export const highest = ({ values }: Heat): number => Math.max(0, ...values.flatMap((value) => value ?? []));
export const stepsOf = (heat: Heat): Steps => ({ from: 0, to: highest(heat) });

/** −1 where the noise says as much; else the shade, from few (0) to many. */
export function shadeOf({ value, low }: Spot, most: number): number {
  return low <= 0 || most <= 0 ? -1 : stepOf(value, { from: 0, to: most });
}

/** Steps beside each other of one shade, as one rectangle: column, row from the north, length. */
export interface Run {
  x: number;
  y: number;
  length: number;
  shade: number;
}

export function runsOf(heat: Heat): Run[] {
  const runs: Run[] = [];
  const most = highest(heat);
  for (let row = 0; row < heat.rows; row++) {
    let open: Run | null = null;
    for (let column = 0; column < heat.columns; column++) {
      const spot = spotAt(heat, row * heat.columns + column);
      const shade = spot && shadeOf(spot, most);
      if (open && shade === open.shade) open.length += 1;
      else {
        open = shade === null ? null : { x: column, y: heat.rows - 1 - row, length: 1, shade };
        if (open) runs.push(open);
      }
    }
  }
  return runs;
}

/** The share of the surface where the noise is too large. */
export function unsureShare(heat: Heat): number {
  const most = highest(heat);
  const spots = heat.values.flatMap((_, index) => spotAt(heat, index) ?? []);
  return spots.length === 0 ? 1 : spots.filter((spot) => shadeOf(spot, most) < 0).length / spots.length;
}

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
      if (here && (!spot || here.value > spot.value) && holds(geometry, at)) spot = here;
    }
    return { id, name, spot };
  });
}
