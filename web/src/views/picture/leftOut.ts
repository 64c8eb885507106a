/** The neighbourhoods that a release gives no number of their own, and why. Pure. */
import type { Hotspot, Neighbourhoods, Release } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';

const REASONS: readonly Release['left_out'][number]['why'][] = ['few_residents', 'unknown_residents'];

/** More names than this are a list of the whole town. */
const NAMES_IN_A_LINE = 12;

/** A line for each reason; of one neighbourhood alone where it is named. */
export function leftOutLines({ left_out }: Release, { leftOut }: PlannerMessages, { list, number }: Formats, only: string | null = null): string[] {
  return REASONS.flatMap((reason) => {
    const names = left_out.filter(({ id, why }) => why === reason && (only === null || id === only)).map(({ name }) => name);
    const rest = names.length - NAMES_IN_A_LINE;
    return names.length > 0 ? [leftOut[reason](list(rest > 0 ? [...names.slice(0, NAMES_IN_A_LINE), leftOut.more(number(rest))] : names))] : [];
  });
}

/** Drawn as areas that nothing is known of: on white paper they would look as if nobody lived there. */
export function leftOutAreas({ left_out }: Release, neighbourhoods: Neighbourhoods | null): Hotspot[] {
  return (neighbourhoods?.features ?? []).flatMap(({ id, geometry, properties: { name } }) =>
    left_out.some((out) => out.id === id)
      ? [{ type: 'Feature', geometry, properties: { unit: id, name, value: null, low: null, high: null, people: 0, z: null, q: null, class: 'not_enough' } }]
      : []);
}
