/** The picture of reach in plain sentences, from the same numbers as the table. Pure. */
import type { Access, WhatIf } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { AccessMessages } from '../../i18n/access/en';

export function accessSentences(
  access: Access, whatIf: WhatIf | null, kind: string, words: AccessMessages, { number, list }: Formats, at: string | null = null,
): string[] {
  const { minutes } = access.walking;
  const walk = words.minutesWalk(number(minutes));
  const { residents, residents_within: within, supports } = whatIf?.after ?? access.total;
  const hours = whatIf?.hours ?? access.hours;
  const sentences: string[] = [];
  if (supports === 0) sentences.push(whatIf && whatIf.before.supports > 0 ? words.noneLeft(kind) : at === null ? words.noSupports(kind) : words.noneOpen(kind, at));
  else if (residents != null && within != null && residents > 0) {
    sentences.push(words.reach(number(within), number(residents), number((100 * within) / residents), kind, walk));
  } else sentences.push(words.reachUnknown(kind));
  if (hours && at !== null) sentences.push(words.hoursKnown(at, number(hours.open), number(hours.closed), number(hours.unknown)));
  if (whatIf) {
    const losers = [...whatIf.neighbourhoods].filter((area) => area.share_losing > 0).sort((a, b) => b.share_losing - a.share_losing);
    sentences.push(
      whatIf.residents_losing != null
        ? words.change(number(whatIf.residents_losing), number(whatIf.residents_gaining ?? 0))
        : words.changeUnknown,
    );
    if (losers.length > 0) sentences.push(words.losers(list(losers.slice(0, 3).map(({ name }) => name))));
  } else if (supports > 0) {
    const far = access.neighbourhoods.filter((area) => area.share_within < 0.2).sort((a, b) => a.share_within - b.share_within);
    if (far.length > 0) sentences.push(words.far(far.length, number(far.length), list(far.slice(0, 3).map(({ name }) => name))));
    else sentences.push(words.nobodyFar);
  }
  return sentences;
}

/** What of a plan changes nothing here, and why. */
export function planNotes(whatIf: WhatIf | null, unreadable: number, hour: boolean, words: AccessMessages, { number }: Formats): string[] {
  const notes: string[] = [];
  const left = (whatIf?.gone.length ?? 0) + unreadable;
  const others = [...(whatIf?.closing ?? []), ...(whatIf?.opening ?? [])].filter(({ counts }) => !counts).length;
  const assumed = (whatIf?.opening ?? []).filter(({ any_time, counts }) => any_time && counts).length;
  if (left > 0) notes.push(words.gone(left, number(left)));
  if (others > 0) notes.push(words.otherKinds(others, number(others)));
  if (hour && assumed > 0) notes.push(words.anyTime(assumed, number(assumed)));
  return notes;
}
