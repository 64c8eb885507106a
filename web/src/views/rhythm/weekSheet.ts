/** A week as a drawing, its legend, and a picture that leaves the page. Pure. */
import type { Rhythm } from '../../api/types';
import type { AccessMessages } from '../../i18n/access/en';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import type { PlannerMessages } from '../../i18n/planner/en';
import { lookOf } from '../../lib/drawing/looks';
import { DRAWING_WIDTH, type Drawing, type LegendEntry, type Sheet } from '../../lib/drawing/sheet';
import { DAY_NAMES, shadeOf } from './hours';

const CELL = 23;
/** Room for the names of the days. */
const LEFT = DRAWING_WIDTH - 24 * CELL - 6;
const GAP = 1;

/** Seven rows of 24 hours, darker where more are open; the hour that is looked at has a frame. */
export function weekDrawing({ open, supports }: Pick<Rhythm, 'open' | 'supports'>, hour: number, days: Messages['find']['days']): Drawing {
  const [side, rows] = [CELL - 2 * GAP, DAY_NAMES.length];
  return {
    frame: [0, 0, DRAWING_WIDTH, rows * CELL + 24],
    areas: open.map((count, at) => {
      const [x, y] = [LEFT + (at % 24) * CELL + GAP, Math.floor(at / 24) * CELL + GAP];
      return { id: String(at), d: `M${x} ${y}h${side}v${side}h${-side}Z`, look: lookOf('none', shadeOf(count, supports)), chosen: at === hour };
    }),
    lines: [],
    labels: [
      ...DAY_NAMES.map((day, row) => ({ x: LEFT / 2, y: row * CELL + 17, text: days[day], look: null })),
      ...[0, 6, 12, 18, 24].map((clock) => ({ x: LEFT + clock * CELL - (clock === 24 ? 6 : 0), y: rows * CELL + 18, text: String(clock), look: null })),
    ],
  };
}

export const weekLegend = ({ rhythm }: PlannerMessages): LegendEntry[] => rhythm.shade.map((words, shade) => ({ look: lookOf('none', shade), words }));

interface SheetParts {
  community: { id: string; title: string; attribution: string | null };
  where: string;
  /** What is counted. */
  asked: string;
  /** The day of the directory, and the Monday of the week. */
  day: string;
  monday: string;
  week: Pick<Rhythm, 'open' | 'supports'>;
  hour: number;
  /** That hour in words. */
  said: string;
  sentences: readonly string[];
  words: { all: Messages; plan: PlannerMessages; access: AccessMessages };
  formats: Formats;
}

export function weekSheet({ community, where, asked, day, monday, week, hour, said, sentences, words: { all, plan, access }, formats }: SheetParts): Sheet {
  const title = `${plan.rhythm.title(community.title)}: ${asked}`;
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, 'rhythm', day.slice(0, 10)].join('-'),
    parts: [{
      drawings: [{ caption: plan.rhythm.week(where), drawing: weekDrawing(week, hour, all.find.days) }],
      legend: { title: all.picture.legend, entries: weekLegend(plan), notes: [access.rhythm.frame(said)] },
    }],
    lines: [
      ...sentences, plan.rhythm.note(formats.date(monday)), access.printed(formats.date(day)), access.notEverybody,
      ...(community.attribution ? [community.attribution] : []),
    ],
  };
}
