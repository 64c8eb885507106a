/** The picture in three plain sentences, made from the same features as the map and the table. Pure. */
import type { Hotspot, HotspotProperties } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';
import type { PlannerMessages } from '../../i18n/planner/en';
import type { Measure, Reach } from './measures';

const SURE_HOT: readonly HotspotProperties['class'][] = ['hot99', 'hot95', 'above'];
const SURE_COLD: readonly HotspotProperties['class'][] = ['cold99', 'cold95', 'below'];
/** More names than this are a list, not a sentence. */
const NAMES_IN_A_SENTENCE = 3;

function surest(features: readonly Hotspot[], classes: readonly HotspotProperties['class'][]): HotspotProperties[] {
  return features
    .map(({ properties }) => properties)
    .filter((area) => classes.includes(area.class))
    .sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0) || (a.q ?? 1) - (b.q ?? 1));
}

/** Whether in some area clearly more is found, also after the correction. */
export const anyMore = (features: readonly Hotspot[]): boolean => features.some(({ properties }) => SURE_HOT.includes(properties.class));

export function pictureSentences(
  features: readonly Hotspot[], words: Messages['picture'], formats: Formats, measure: Measure = 'concentration', plan?: PlannerMessages,
): string[] {
  const where = (areas: HotspotProperties[]): string => {
    // Several hexagons can lie in one neighbourhood; its name is said once.
    const names = [...new Set(areas.flatMap(({ name }) => (name ? [name] : [])))].slice(0, NAMES_IN_A_SENTENCE);
    return names.length > 0 ? formats.list(names) : words.somewhere;
  };
  const hot = surest(features, SURE_HOT);
  const cold = surest(features, SURE_COLD);
  const unknown = features.filter(({ properties }) => properties.class === 'not_enough').length;
  const all = formats.number(features.length);
  const said = plan && measure !== 'concentration' && measure !== 'opportunity'
    ? { more: plan.more[measure], moreNone: plan.moreNone[measure], fewer: plan.fewer[measure], fewerNone: plan.fewerNone[measure] }
    : { more: words.hotSome, moreNone: words.hotNone, fewer: words.coldSome, fewerNone: words.coldNone };
  return [
    hot.length > 0 ? said.more(hot.length, formats.number(hot.length), where(hot)) : said.moreNone,
    cold.length > 0 ? said.fewer(cold.length, formats.number(cold.length), where(cold)) : said.fewerNone,
    unknown > 0 ? words.notEnough(formats.number(unknown), all) : words.enough(all),
  ];
}

/** The support in reach: where there is most, where least, and the middle. */
export function reachSentences(features: readonly Hotspot[], reach: Reach, plan: PlannerMessages, { number, percent }: Formats): string[] {
  const known = features
    .flatMap(({ properties: { name, opportunity } }) => {
      const share = opportunity?.[reach];
      return share == null ? [] : [{ name: name ?? '', share }];
    })
    .sort((a, b) => b.share - a.share);
  const [most, least, middle] = [known[0], known.at(-1), known[Math.floor(known.length / 2)]];
  if (!most || !least || !middle) return [];
  return [
    plan.reachMost(plan.kinds[reach], most.name, percent(most.share)),
    plan.reachLeast(plan.kinds[reach], least.name, percent(least.share)),
    plan.reachMiddle(percent(middle.share), number(known.length)),
  ];
}
