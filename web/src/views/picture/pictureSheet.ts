/** The picture as it leaves the page: its drawing with everything that it must never be without. Pure. */
import type { Release } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';
import type { PlannerMessages } from '../../i18n/planner/en';
import type { ReportMessages } from '../../i18n/report/en';
import type { Drawing, LegendWords, Sheet } from '../../lib/drawing/sheet';
import type { Measure, Reach } from './measures';

/** How a published number was made and of how many people, for anything that leaves the page. */
export function madeLines(release: Release, plan: PlannerMessages, words: ReportMessages, { date, number }: Formats): string[] {
  const made = `${plan.printed(date(release.made_at), release.policy === 'formal' ? plan.policies.formal : plan.policies.closed_group)} ${words.release(release.id)}`;
  // Nearly everybody has a place to be; how many take part in all is in no release.
  const being = release.totals?.find(({ kind, enough }) => kind === 'being' && enough);
  return being ? [made, words.people(number(being.people), number(being.low), number(being.high))] : [made];
}

/** What the picture cannot say; the line about orange and purple is of concentration alone. */
export const cannotSay = (measure: Measure, words: Messages['picture']): string[] =>
  measure === 'concentration' ? words.cannot : words.cannot.filter((_, line) => line !== 1);

interface SheetParts {
  community: { id: string; title: string; attribution: string | null };
  measure: Measure;
  reach: Reach;
  units: string;
  tested: number;
  release: Release;
  drawing: Drawing;
  legend: LegendWords;
  sentences: readonly string[];
  /** What to be careful about, and which neighbourhoods have no number, and why. */
  remarks: readonly string[];
  words: { picture: Messages['picture']; plan: PlannerMessages; report: ReportMessages };
  formats: Formats;
}

export function pictureSheet({ community, measure, reach, units, tested, release, drawing, legend, sentences, remarks, words: { picture, plan, report }, formats }: SheetParts): Sheet {
  const of = measure === 'opportunity' ? `${plan.measures[measure]}: ${plan.kinds[reach]}` : plan.measures[measure];
  const title = `${of} – ${community.title}`;
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, measure, ...(measure === 'opportunity' ? [reach] : [units]), release.made_at.slice(0, 10)].join('-'),
    parts: [{ drawings: [{ caption: null, drawing }], legend: { title: picture.legend, ...legend } }],
    lines: [
      ...sentences,
      ...remarks,
      ...(measure === 'opportunity' ? [] : [report.tested(formats.number(tested))]),
      ...madeLines(release, plan, report, formats),
      cannotSay(measure, picture).join(' '),
      ...(release.policy === 'formal' ? [] : [plan.promiseNone]),
      ...(community.attribution ? [community.attribution] : []),
    ],
  };
}
