/** The picture in three plain sentences, made from the same features as the map and the table. Pure. */
import type { Hotspot, HotspotClass, HotspotProperties } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';

const SURE_HOT: readonly HotspotClass[] = ['hot99', 'hot95'];
const SURE_COLD: readonly HotspotClass[] = ['cold99', 'cold95'];
/** More names than this are a list, not a sentence. */
const NAMES_IN_A_SENTENCE = 3;

function surest(features: readonly Hotspot[], classes: readonly HotspotClass[]): HotspotProperties[] {
  return features
    .map(({ properties }) => properties)
    .filter((area) => classes.includes(area.class))
    .sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
}

export function pictureSentences(features: readonly Hotspot[], words: Messages['picture'], formats: Formats): string[] {
  const where = (areas: HotspotProperties[]): string => {
    // Several hexagons can lie in one neighbourhood; its name is said once.
    const names = [...new Set(areas.flatMap(({ name }) => (name ? [name] : [])))].slice(0, NAMES_IN_A_SENTENCE);
    return names.length > 0 ? formats.list(names) : words.somewhere;
  };
  const hot = surest(features, SURE_HOT);
  const cold = surest(features, SURE_COLD);
  const unknown = features.filter(({ properties }) => properties.class === 'not_enough').length;
  const all = formats.number(features.length);
  return [
    hot.length > 0 ? words.hotSome(hot.length, formats.number(hot.length), where(hot)) : words.hotNone,
    cold.length > 0 ? words.coldSome(cold.length, formats.number(cold.length), where(cold)) : words.coldNone,
    unknown > 0 ? words.notEnough(formats.number(unknown), all) : words.enough(all),
  ];
}
