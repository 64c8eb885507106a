/** The legends of a comparison, and the comparison as it leaves the page: with both releases, their rules, and whom to credit. Pure. */
import type { HotspotClass, Release, Units } from '../../api/types';
import type { CompareMessages } from '../../i18n/compare/en';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import type { ReportMessages } from '../../i18n/report/en';
import type { Drawing, LegendWords, Sheet } from '../../lib/drawing/sheet';
import { classEntries, legendOf } from '../picture/legend';
import type { Steps } from '../picture/measures';
import { cannotSay, madeLines } from '../picture/pictureSheet';
import type { Changing } from './changes';
import type { Pairable } from './pairs';

/** How a class is said of what changed: feelings are not more, they are better. */
export const changeWords = (measure: Changing, words: CompareMessages): Readonly<Record<HotspotClass, string>> =>
  measure === 'quality' ? words.qualityClass : words.className;

/** Of both dates, which are drawn by their numbers. */
export function dateLegend(measure: Changing, steps: Steps | null, { compare, picture, plan }: Words, formats: Formats): LegendWords {
  const { entries, notes } = legendOf(measure, steps, picture, plan, formats);
  return { entries, notes: [compare.sameScale, ...notes] };
}

export const changeLegend = (measure: Changing, tested: number, words: CompareMessages, { number }: Formats): LegendWords =>
  ({ entries: classEntries(changeWords(measure, words)), notes: [words.legendOutline, words.tested(number(tested))] });

interface Words {
  compare: CompareMessages;
  picture: Messages['picture'];
  plan: PlannerMessages;
  report: ReportMessages;
}
interface Shared {
  community: { id: string; title: string; attribution: string | null };
  sentences: readonly string[];
  words: Words;
  formats: Formats;
}

const day = ({ made_at }: Release): string => made_at.slice(0, 10);
const credit = ({ attribution }: Shared['community']): string[] => (attribution ? [attribution] : []);
/** Nothing with a number is without its promise where there is none. */
const noPromise = (releases: readonly Release[], plan: PlannerMessages): string[] => (releases.every(({ policy }) => policy === 'formal') ? [] : [plan.promiseNone]);

/** Both releases with their dates and rules. */
export const bothMade = (earlier: Release, later: Release, { compare, plan, report }: Words, formats: Formats): string[] =>
  ([[compare.earlier, earlier], [compare.later, later]] as const).flatMap(([which, release]) => madeLines(release, plan, report, formats).map((line) => `${which}: ${line}`));

interface DatesParts extends Shared {
  measure: Changing;
  units: Units;
  earlier: Release;
  later: Release;
  steps: Steps | null;
  tested: number;
  then: Drawing;
  now: Drawing;
  difference: Drawing;
}

export function datesSheet({ community, measure, units, earlier, later, steps, tested, then, now, difference, sentences, words, formats }: DatesParts): Sheet {
  const { compare, picture, plan } = words;
  const [from, to] = [formats.date(earlier.made_at), formats.date(later.made_at)];
  const title = `${compare.differenceOf(plan.measures[measure], from, to)} – ${community.title}`;
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, 'difference', measure, units, day(earlier), day(later)].join('-'),
    parts: [
      {
        drawings: [{ caption: `${compare.earlier}: ${compare.onDate(from)}`, drawing: then }, { caption: `${compare.later}: ${compare.onDate(to)}`, drawing: now }],
        legend: { title: compare.scale[measure], ...dateLegend(measure, steps, words, formats) },
      },
      { drawings: [{ caption: compare.difference, drawing: difference }], legend: { title: picture.legend, ...changeLegend(measure, tested, compare, formats) } },
    ],
    lines: [
      ...sentences,
      ...bothMade(earlier, later, words, formats),
      [picture.cannot[0], ...compare.cannot].join(' '),
      ...noPromise([earlier, later], plan),
      ...credit(community),
    ],
  };
}

interface MeasuresParts extends Shared {
  release: Release;
  shown: readonly { measure: Pairable; name: string; legend: LegendWords; drawing: Drawing }[];
}

export function measuresSheet({ community, release, shown, sentences, words: { compare, picture, plan, report }, formats }: MeasuresParts): Sheet {
  const title = `${formats.list(shown.map(({ name }) => name))} – ${community.title}`;
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, ...shown.map(({ measure }) => measure), day(release)].join('-'),
    parts: shown.map(({ name, drawing, legend }) => ({ drawings: [{ caption: name, drawing }], legend: { title: picture.legend, ...legend } })),
    lines: [...sentences, compare.pairNot, ...madeLines(release, plan, report, formats), cannotSay('relative', picture).join(' '), ...noPromise([release], plan), ...credit(community)],
  };
}
