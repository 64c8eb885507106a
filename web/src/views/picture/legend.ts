/** What the legend of a measure says: the same in the page and in a saved picture. Pure. */
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import { lookOf } from '../../lib/drawing/looks';
import type { LegendEntry } from '../../lib/drawing/sheet';
import { bandsOf, written, type Measure, type Steps } from './measures';
import { CLASSES } from './sorting';

export interface LegendWords {
  entries: LegendEntry[];
  notes: string[];
}

/** Values have steps; where participants mapped most has classes alone. */
export function legendOf(measure: Measure, steps: Steps | null, words: Messages['picture'], plan: PlannerMessages, formats: Formats): LegendWords {
  if (measure === 'concentration') {
    return {
      entries: CLASSES.map((name) => ({ look: lookOf(name), words: words.className[name] })),
      notes: [words.legendOutline, words.legendHatch, plan.legendMarks],
    };
  }
  const show = (value: number) => written(value, measure, formats);
  return {
    entries: [
      ...(steps ? bandsOf(steps) : []).map(([from, to], step) => ({ look: lookOf('none', step), words: plan.between(show(from), show(to)) })),
      { look: lookOf('not_enough'), words: words.className.not_enough },
    ],
    // The support in reach comes from a directory: nothing about it is a finding, or unsure.
    notes: [plan.legendSteps, ...(measure === 'opportunity' ? [] : [plan.legendStepsOutline, words.legendHatch, plan.legendMarks])],
  };
}
