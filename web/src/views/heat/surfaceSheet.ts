/** The surface as a drawing, as a picture that leaves the page, and as a spreadsheet. Pure. */
import type { Heat, Neighbourhoods, Release } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';
import type { PlannerMessages } from '../../i18n/planner/en';
import type { ReportMessages } from '../../i18n/report/en';
import { csvRows } from '../../lib/csv';
import { lookOf } from '../../lib/drawing/looks';
import { frameOf, outlineOf, projection, type Drawing, type LegendWords, type Sheet } from '../../lib/drawing/sheet';
import { middleOf, positionsOf } from '../../lib/geometry';
import { notEnough, stepEntries } from '../picture/legend';
import { cannotSay, madeLines } from '../picture/pictureSheet';
import { contoursOf, densest, spotAt, stepsOf } from './surface';

const lookOfShade = (shade: number) => (shade < 0 ? lookOf('not_enough') : lookOf('none', shade));

/** One shape for each shade: thousands of small ones would be slow to draw and to print. */
export function surfaceDrawing(heat: Heat, areas: Neighbourhoods): Drawing | null {
  if (!heat.bounds) return null;
  const onto = projection(heat.bounds);
  const [step, tall] = [onto.width / heat.columns, onto.height / heat.rows];
  const outline = (loops: readonly (readonly (readonly [number, number])[])[]) =>
    loops.map((loop) => `M${loop.map(([x, y]) => `${(x * step).toFixed(1)} ${(y * tall).toFixed(1)}`).join('L')}Z`).join('');
  const drawn = areas.features.filter(({ geometry }) => positionsOf(geometry).length > 0);
  return {
    frame: frameOf(onto),
    areas: [...contoursOf(heat)].sort(([a], [b]) => a - b).map(([shade, loops]) => ({ id: `shade${shade}`, d: outline(loops), look: lookOfShade(shade), chosen: false })),
    lines: drawn.map(({ geometry }) => outlineOf(geometry, onto)),
    labels: drawn.map(({ geometry, properties: { name } }) => {
      const [x, y] = onto.at(middleOf(geometry));
      return { x, y, text: name, look: null };
    }),
  };
}

export const surfaceLegend = (heat: Heat, plan: PlannerMessages, { number }: Formats): LegendWords => ({
  entries: [...stepEntries(stepsOf(heat), (from, to) => plan.between(number(from), number(to))), notEnough(plan.heat.unsure)],
  notes: [plan.legendSteps],
});

interface SurfaceParts {
  community: { id: string; title: string; attribution: string | null };
  heat: Heat;
  release: Release;
  drawing: Drawing;
  sentences: readonly string[];
  words: { picture: Messages['picture']; plan: PlannerMessages; report: ReportMessages };
  formats: Formats;
}

export function surfaceSheet({ community, heat, release, drawing, sentences, words: { picture, plan, report }, formats }: SurfaceParts): Sheet {
  const title = plan.heat.title(community.title);
  return {
    title,
    alt: `${title}. ${sentences.join(' ')}`,
    filename: ['stead', community.id, 'surface', `${heat.bandwidth}m`, release.made_at.slice(0, 10)].join('-'),
    parts: [{ drawings: [{ caption: plan.heat.metres(formats.number(heat.bandwidth)), drawing }], legend: { title: plan.heat.legend, ...surfaceLegend(heat, plan, formats) } }],
    lines: [...sentences, plan.heat.about, ...madeLines(release, plan, report, formats), cannotSay('relative', picture).join(' '), ...(community.attribution ? [community.attribution] : [])],
  };
}

/** What stands in every row, so that a row by itself still says what it is. */
const company = (heat: Heat, release: Release, attribution: string | null): [string, string | number][] => [
  ['measure', heat.measure], ['kernel', heat.kernel], ['bandwidth_m', heat.bandwidth], ['unit', heat.unit], ['release', release.id],
  ['made_at', release.made_at], ['policy', release.policy], ['promise', release.guarantee], ['attribution', attribution ?? ''],
];

/** The middle of each step of the grid with its value and 90 % interval; what the release does not reach is left out. */
export function surfaceCsv(heat: Heat, release: Release, attribution: string | null): string {
  const { bounds, columns, rows } = heat;
  const fixed = company(heat, release, attribution);
  const head = ['lon', 'lat', 'value', 'low_90', 'high_90', 'enough_information', ...fixed.map(([name]) => name)];
  if (!bounds) return csvRows([head]);
  const [west, south, east, north] = bounds;
  const lines = heat.values.flatMap((_, index) => {
    const spot = spotAt(heat, index);
    if (!spot) return [];
    const lon = west + ((east - west) * ((index % columns) + 0.5)) / columns;
    const lat = south + ((north - south) * (Math.floor(index / columns) + 0.5)) / rows;
    return [[Number(lon.toFixed(6)), Number(lat.toFixed(6)), ...[spot.value, spot.low, spot.high].map((value) => Number(value.toFixed(2))), String(spot.enough), ...fixed.map(([, value]) => value)]];
  });
  return csvRows([head, ...lines]);
}

/** The densest spot of each neighbourhood, as in the table. */
export function spotsCsv(heat: Heat, areas: Neighbourhoods, release: Release, attribution: string | null): string {
  const fixed = company(heat, release, attribution);
  const rows = densest(heat, areas).map(({ id, name, spot }) =>
    [id, name, ...(spot ? [spot.value, spot.low, spot.high].map((value) => Number(value.toFixed(2))) : [null, null, null]), spot && String(spot.enough), ...fixed.map(([, value]) => value)]);
  return csvRows([['neighbourhood', 'name', 'densest_value', 'low_90', 'high_90', 'enough_information', ...fixed.map(([name]) => name)], ...rows]);
}
