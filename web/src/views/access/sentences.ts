/** The picture of reach in plain sentences, from the same numbers as the table. Pure. */
import type { Access, WhatIf } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';

export function accessSentences(
  access: Access, whatIf: WhatIf | null, kind: string, words: Messages['access'], { number, list }: Formats,
): string[] {
  const { minutes } = access.walking;
  const walk = words.minutesWalk(number(minutes));
  const { residents, residents_within: within, supports } = whatIf?.after ?? access.total;
  const sentences: string[] = [];
  if (supports === 0) return [words.noSupports(kind)];
  if (residents != null && within != null && residents > 0) {
    sentences.push(words.reach(number(within), number(residents), number((100 * within) / residents), kind, walk));
  } else sentences.push(words.reachUnknown(kind));
  if (whatIf) {
    const losers = [...whatIf.neighbourhoods].filter((area) => area.share_losing > 0).sort((a, b) => b.share_losing - a.share_losing);
    sentences.push(
      whatIf.residents_losing != null
        ? words.change(number(whatIf.residents_losing), number(whatIf.residents_gaining ?? 0))
        : words.changeUnknown,
    );
    if (losers.length > 0) sentences.push(words.losers(list(losers.slice(0, 3).map(({ name }) => name))));
  } else {
    const far = access.neighbourhoods.filter((area) => area.share_within < 0.2).sort((a, b) => a.share_within - b.share_within);
    if (far.length > 0) sentences.push(words.far(far.length, number(far.length), list(far.slice(0, 3).map(({ name }) => name))));
    else sentences.push(words.nobodyFar);
  }
  return sentences;
}
