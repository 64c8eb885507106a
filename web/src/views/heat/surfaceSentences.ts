/** The surface in words: no more than it shows, and what stands out from its hexagons, which are tested together. Pure. */
import type { Heat, Hotspot } from '../../api/types';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import { anyMore, pictureSentences } from '../picture/sentences';
import { unsureShare } from './surface';

/** Some spot of a surface is always the highest, also of one that is nothing but noise: that one is not named. */
export function surfaceSentences(heat: Heat, cells: readonly Hotspot[], { picture, plan }: { picture: Messages['picture']; plan: PlannerMessages }, formats: Formats): string[] {
  const [more = ''] = pictureSentences(cells, picture, formats);
  return [
    `${plan.heat.tested} ${more}${anyMore(cells) ? '' : ` ${plan.heat.noneKnown}`}`,
    `${plan.heat.quiet(formats.percent(unsureShare(heat)))} ${plan.heat.byChance}`,
    plan.heat.more,
  ];
}
