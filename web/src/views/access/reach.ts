/** Who reaches support, as a drawing, its legend, and a picture that leaves the page. Pure. */
import type { LonLat, Neighbourhood } from '../../api/types';
import type { AccessMessages } from '../../i18n/access/en';
import type { Formats } from '../../i18n/formats';
import { lookOf, type SupportState } from '../../lib/drawing/looks';
import { frameOf, outlineOf, projection, type Drawing, type LegendWords, type Projection, type Sheet } from '../../lib/drawing/sheet';
import { boundsOf, middleOf } from '../../lib/geometry';
import { stepEntries } from '../picture/legend';
import { SHARES } from './rows';

export interface PlacedSupport {
  id: string;
  at: LonLat;
  state: SupportState;
}

export interface ReachParts {
  areas: readonly Neighbourhood[];
  /** Five shades from few to many. */
  steps: ReadonlyMap<string, number>;
  supports: readonly PlacedSupport[];
  chosen: string | null;
}

/** Supports at the edge of the town are drawn whole. */
const EDGE = 8;

export function reachDrawing({ areas, steps, supports, chosen }: ReachParts): { drawing: Drawing; onto: Projection } | null {
  const bounds = boundsOf(areas.map(({ geometry }) => geometry));
  if (!bounds) return null;
  const onto = projection(bounds);
  const drawing: Drawing = {
    frame: frameOf(onto, EDGE),
    areas: areas.map(({ id, geometry }) => ({ id, d: outlineOf(geometry, onto), look: lookOf('none', steps.get(id) ?? 0), chosen: id === chosen })),
    lines: [],
    supports: supports.map(({ id, at, state }) => {
      const [x, y] = onto.at(at);
      return { id, x, y, state };
    }),
    labels: areas.map(({ geometry, properties: { name } }) => {
      const [x, y] = onto.at(middleOf(geometry));
      return { x, y, text: name, look: null };
    }),
  };
  return { drawing, onto };
}

/** The same area as it is without the plan. */
export const withoutPlan = (supports: readonly PlacedSupport[]): PlacedSupport[] =>
  supports.filter(({ state }) => state !== 'opening').map((one) => ({ ...one, state: 'counts' }));

/** Five shades in words, and how supports are drawn. */
export function accessLegend(planned: boolean, words: AccessMessages, { number }: Formats): LegendWords {
  const percent = (share: number) => number(100 * share);
  return {
    entries: [
      ...stepEntries(SHARES, (from, to) => words.band(percent(from), percent(to))),
      { look: 'counts', words: words.legendCounts },
      ...(planned ? [{ look: 'closing', words: words.legendCloses } as const, { look: 'opening', words: words.legendOpens } as const] : []),
    ],
    notes: [],
  };
}

interface SheetParts {
  community: { id: string; title: string; attribution: string | null };
  /** What counts, and within which walk. */
  asked: string;
  /** The day of the directory. */
  day: string;
  now: Drawing;
  /** With the plan, if there is one. */
  after: Drawing | null;
  sentences: readonly string[];
  words: AccessMessages;
  formats: Formats;
}

export function accessSheet({ community, asked, day, now, after, sentences, words, formats }: SheetParts): Sheet {
  const title = `${words.title(community.title)}: ${asked}`;
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, 'access', day.slice(0, 10)].join('-'),
    parts: [{
      drawings: after ? [{ caption: words.before, drawing: now }, { caption: words.after, drawing: after }] : [{ caption: null, drawing: now }],
      legend: { title: words.legend, ...accessLegend(after !== null, words, formats) },
    }],
    lines: [...sentences, words.walking, words.printed(formats.date(day)), words.notEverybody, ...(community.attribution ? [community.attribution] : [])],
  };
}
