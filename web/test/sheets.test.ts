import { describe, expect, it } from 'vitest';
import type { Hotspot, Neighbourhood, Release } from '../src/api/types';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { en as accessEn } from '../src/i18n/access/en';
import { en as compareEn } from '../src/i18n/compare/en';
import { en as plan } from '../src/i18n/planner/en';
import { en as report } from '../src/i18n/report/en';
import { lookOf } from '../src/lib/drawing/looks';
import type { Drawing, Sheet } from '../src/lib/drawing/sheet';
import { accessSheet, reachDrawing, withoutPlan, type PlacedSupport } from '../src/views/access/reach';
import { datesSheet, measuresSheet } from '../src/views/compare/compareSheet';
import { areasDrawn } from '../src/views/picture/AreaDrawing';
import { legendOf } from '../src/views/picture/legend';
import { areaLook, numberSteps } from '../src/views/picture/measures';
import { weekDrawing, weekSheet } from '../src/views/rhythm/weekSheet';

const formats = formatsFor('en');
const community = { id: 'town', title: 'Town', attribution: '© OpenStreetMap contributors' };
const DAY = '2026-11-28T10:00:00Z';
const said = (sheet: Sheet) => sheet.lines.join('\n');
const legends = ({ parts }: Sheet) => parts.map(({ legend }) => legend.entries.map(({ words }) => words));

const square = (x: number): Neighbourhood['geometry'] => ({ type: 'Polygon', coordinates: [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]] });
const areas = [0, 1].map((x) => ({ type: 'Feature', id: `n${x}`, geometry: square(x), properties: { name: `Area ${x}` } })) as Neighbourhood[];
const supports: PlacedSupport[] = [{ id: 'a', at: [0.5, 0.5], state: 'closing' }, { id: 'b', at: [1.5, 0.5], state: 'counts' }, { id: 'new', at: [1, 1], state: 'opening' }];

describe('reaching support, as a picture that leaves the page', () => {
  const parts = { areas, steps: new Map([['n0', 4]]), supports, chosen: 'n1' };
  const drawn = (of = parts): Drawing => {
    const made = reachDrawing(of);
    if (!made) throw new Error('The areas have shapes.');
    return made.drawing;
  };
  const sheet = (after: Drawing | null) => accessSheet({ community, asked: 'Library · 10 minutes on foot', day: DAY, now: drawn(), after, sentences: ['One.'], words: accessEn, formats });

  it('draws areas by the step of reach and supports by what they do, and knows where a point of it is', () => {
    const made = reachDrawing(parts);
    expect(made?.drawing.areas.map(({ look, chosen }) => [look.fill, chosen])).toEqual([['step-4', false], ['step-0', true]]);
    expect(made?.drawing.supports).toEqual([{ id: 'a', x: 150, y: expect.closeTo(150, 0) as number, state: 'closing' }, { id: 'b', x: 450, y: expect.closeTo(150, 0) as number, state: 'counts' }, { id: 'new', x: 300, y: 0, state: 'opening' }]);
    expect(made?.onto.back(150, made.onto.height / 2)).toEqual([0.5, expect.closeTo(0.5)]);
    expect(withoutPlan(supports).map(({ id, state }) => [id, state])).toEqual([['a', 'counts'], ['b', 'counts']]);
    expect(reachDrawing({ ...parts, areas: [] })).toBeNull();
  });

  it('says what was asked, of which day the directory is, that it speaks for nobody, and whom to credit', () => {
    const one = sheet(null);
    expect([one.title, one.filename]).toEqual(['Reaching support in Town: Library · 10 minutes on foot', 'stead-town-access-2026-11-28']);
    for (const part of ['One.', accessEn.walking, '28 November 2026', accessEn.notEverybody, '© OpenStreetMap contributors']) expect(said(one)).toContain(part);
    expect(legends(one)).toEqual([['0 to 20%', '20 to 40%', '40 to 60%', '60 to 80%', '80 to 100%', accessEn.legendCounts]]);
  });

  it('shows before and after a plan, with one legend that has what closes and what opens', () => {
    const planned = sheet(drawn());
    expect(planned.parts.map(({ drawings }) => drawings.map(({ caption }) => caption))).toEqual([[accessEn.before, accessEn.after]]);
    expect(legends(planned)[0]?.slice(-2)).toEqual([accessEn.legendCloses, accessEn.legendOpens]);
  });
});

describe('the week, as a picture that leaves the page', () => {
  const open = Array.from({ length: 168 }, (_, hour) => (hour === 10 ? 4 : hour === 30 ? 1 : 0));
  const week = { open, supports: 4 };

  it('has an hour for each hour, seven days and a clock, and a frame around the hour that is looked at', () => {
    const drawing = weekDrawing(week, 30, en.find.days);
    expect(drawing.areas).toHaveLength(168);
    expect([10, 30, 31].map((hour) => drawing.areas[hour]?.look.fill)).toEqual(['step-4', 'step-1', 'step-0']);
    expect(drawing.areas.flatMap(({ id, chosen }) => (chosen ? [id] : []))).toEqual(['30']);
    expect(drawing.labels.map(({ text }) => text).join(' ')).toBe('Mon Tue Wed Thu Fri Sat Sun 0 6 12 18 24');
    // Everything lies within the frame.
    const [, , width, height] = drawing.frame;
    for (const { d } of drawing.areas) {
      const [, x = 0, y = 0, side = 0] = /^M([\d.]+) ([\d.]+)h([\d.]+)/.exec(d)?.map(Number) ?? [];
      expect(x + side <= width && y + side <= height).toBe(true);
    }
  });

  it('says where, which week, of which day the directory is, that it speaks for nobody, and whom to credit', () => {
    const sheet = weekSheet({ community, where: 'Area 0', asked: 'Any support', day: DAY, monday: '2026-11-23', week, hour: 30, said: 'Tue 06:00', sentences: ['One.'], words: { all: en, plan, access: accessEn }, formats });
    expect([sheet.title, sheet.filename, sheet.parts[0]?.drawings[0]?.caption]).toEqual(['When support is open in Town: Any support', 'stead-town-rhythm-2026-11-28', 'The week: Area 0']);
    for (const part of ['One.', '23 November 2026', '28 November 2026', accessEn.notEverybody, '© OpenStreetMap contributors']) expect(said(sheet)).toContain(part);
    expect([legends(sheet), sheet.parts[0]?.legend.notes]).toEqual([[plan.rhythm.shade], ['Frame: Tue 06:00.']]);
  });
});

describe('a comparison, as a picture that leaves the page', () => {
  const released = (id: string, made_at: string, policy = 'formal') => ({ id, made_at, policy, epsilon: 2.14 }) as Release;
  const [earlier, later] = [released('r-1', '2025-11-13T06:00:00Z'), released('r-2', '2026-11-28T06:00:00Z')];
  const features: Hotspot[] = [10, 60].map((value, x) => ({ type: 'Feature', geometry: square(x), properties: { unit: `u${x}`, name: `Area ${x}`, value, low: 5, high: 70, people: value, z: 0, q: 1, class: 'none' } }));
  const steps = numberSteps([features], 'concentration');
  const drawing = areasDrawn(features, (of) => areaLook(of, 'concentration', 'mean', steps), true);
  if (!drawing) throw new Error('The areas have shapes.');
  const words = { compare: compareEn, picture: en.picture, plan, report };

  it('of two dates: both on one scale, what changed by its classes, and both releases with their rules', () => {
    const sheet = datesSheet({ community, measure: 'concentration', units: 'cells', earlier, later, steps, tested: 20, then: drawing, now: drawing, difference: drawing, sentences: ['One.'], words, formats });
    expect(sheet.filename).toBe('stead-town-difference-concentration-cells-2025-11-13-2026-11-28');
    expect(sheet.parts.map(({ drawings }) => drawings.map(({ caption }) => caption))).toEqual([['Earlier: Published 13 November 2025', 'Later: Published 28 November 2026'], ['What changed']]);
    const [numbers, classes] = legends(sheet);
    expect(numbers).toEqual(['10 to 20', '20 to 30', '30 to 40', '40 to 50', '50 to 60', 'Not enough information'].map((one, i) => (i < 5 ? one : en.picture.className.not_enough)));
    expect(classes).toEqual(Object.values(compareEn.className));
    for (const part of ['One.', 'Release r-1.', 'Release r-2.', plan.policies.formal, en.picture.cannot[0], compareEn.cannot[0], '© OpenStreetMap contributors']) expect(said(sheet)).toContain(part);
    expect(sheet.parts[1]?.legend.notes.join(' ')).toContain('20 areas');
    expect(said(sheet)).not.toContain(plan.promiseNone);
  });

  it('says feelings as better, and that there is no promise where one of both has none', () => {
    const sheet = datesSheet({ community, measure: 'quality', units: 'neighbourhoods', earlier: released('r-1', '2025-11-13T06:00:00Z', 'closed_group'), later, steps: { from: -1, to: 1 }, tested: 20, then: drawing, now: drawing, difference: drawing, sentences: [], words, formats });
    expect(legends(sheet)[1]).toEqual(Object.values(compareEn.qualityClass));
    expect(sheet.lines).toContain(plan.promiseNone);
  });

  it('of two measures: each with a legend of its own, and that they do not explain each other', () => {
    const shown = (['relative', 'opportunity'] as const).map((measure) => ({ measure, name: plan.measures[measure], drawing, legend: legendOf(measure, { from: 0, to: 1 }, en.picture, plan, formats) }));
    const sheet = measuresSheet({ community, release: later, shown, sentences: ['One.'], words, formats });
    expect(sheet.filename).toBe('stead-town-relative-opportunity-2026-11-28');
    expect(sheet.parts.map(({ drawings, legend }) => [drawings[0]?.caption, legend.entries[0]?.words])).toEqual([[plan.measures.relative, '0 to 0.2'], [plan.measures.opportunity, expect.stringContaining('0')]]);
    for (const part of [compareEn.pairNot, 'Release r-2.', en.picture.cannot[0]]) expect(said(sheet)).toContain(part);
  });

  it('says of how many people its numbers are, with the range, where enough are known', () => {
    const being = { kind: 'being', people: 1540, low: 1509, high: 1571, enough: true };
    const lines = (totals: Release['totals']) => measuresSheet({ community, release: { ...later, totals }, shown: [], sentences: [], words, formats }).lines.join(' ');
    expect(lines([being])).toContain('About 1,540 people (likely between 1,509 and 1,571) shared a place to be.');
    for (const none of [null, [{ ...being, enough: false }]]) expect(lines(none)).not.toContain('people (likely');
  });

  it('draws numbers by their steps, without stripes where nothing is unsure', () => {
    expect(drawing.areas.map(({ look }) => look)).toEqual([lookOf('none', 0), lookOf('none', 4)]);
  });
});
