/** What readers should be careful about, as the server works it out of the published numbers. Pure. */
import type { Hotspots } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';

export function cautionLines({ warnings, features, p_method }: Pick<Hotspots, 'warnings' | 'features' | 'p_method'>, { caution }: PlannerMessages, { number }: Formats): string[] {
  return warnings.map(({ code }) => {
    switch (code) {
      case 'few_units': return caution.few_units(number(features.length));
      case 'skewed_values': return p_method === 'normal' ? caution.skewed_values_rough : caution.skewed_values;
    }
  });
}
