/** What a legend says, wherever areas are drawn: the same in the page and in a saved picture. Pure. */
import type { HotspotClass } from '../../api/types';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import { lookOf } from '../../lib/drawing/looks';
import type { LegendEntry, LegendWords } from '../../lib/drawing/sheet';
import { bandsOf, written, type Measure, type Steps } from './measures';
import { CLASSES } from './sorting';

/** The steps of a value, from few to many. */
export const stepEntries = (steps: Steps, between: (from: number, to: number) => string): LegendEntry[] =>
  bandsOf(steps).map(([from, to], step) => ({ look: lookOf('none', step), words: between(from, to) }));

/** An area that nothing is said of. */
export const notEnough = (words: string): LegendEntry => ({ look: lookOf('not_enough'), words });

export const classEntries = (words: Readonly<Record<HotspotClass, string>>): LegendEntry[] => CLASSES.map((name) => ({ look: lookOf(name), words: words[name] }));

/** Values have steps; where participants mapped most has classes alone, unless it is drawn by its number. */
export function legendOf(measure: Measure, steps: Steps | null, words: Messages['picture'], plan: PlannerMessages, formats: Formats): LegendWords {
  if (measure === 'concentration' && !steps) {
    return { entries: classEntries(words.className), notes: [words.legendOutline, words.legendHatch, plan.legendMarks] };
  }
  const show = (value: number) => written(value, measure, formats);
  return {
    entries: [
      ...(steps ? stepEntries(steps, (from, to) => plan.between(show(from), show(to))) : []),
      notEnough(words.className.not_enough),
    ],
    // The support in reach comes from a directory: nothing about it is a finding, or unsure.
    notes: [plan.legendSteps, ...(measure === 'opportunity' ? [] : [plan.legendStepsOutline, words.legendHatch, measure === 'quality' ? plan.legendMarksQuality : plan.legendMarks])],
  };
}
