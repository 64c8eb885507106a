import { describe, expect, it } from 'vitest';
import type { Hotspot, Release } from '../src/api/types';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { en as planner } from '../src/i18n/planner/en';
import { en as report } from '../src/i18n/report/en';
import { crc32, withWords } from '../src/lib/drawing/png';
import { lookOf, markPath, mixed } from '../src/lib/drawing/looks';
import { drawingOf, markAbove } from '../src/lib/drawing/sheet';
import { hotspotsOnMap } from '../src/map/features';
import { legendOf } from '../src/views/picture/legend';
import { areaLook, stepsOf } from '../src/views/picture/measures';
import { figuresOf, rowsThatFit } from '../src/views/report/figures';
import { areasDrawn } from '../src/views/picture/AreaDrawing';
import { pictureSheet } from '../src/views/picture/pictureSheet';

const square = (x: number, cls: Hotspot['properties']['class'], value = 10): Hotspot => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]] },
  properties: { unit: `u${x}`, name: `Area ${x}`, value, low: 5, high: 15, people: 40, z: 3, q: 0.01, class: cls },
});
const features = [square(0, 'hot99'), square(1, 'cold90'), square(2, 'not_enough')];
const formats = formatsFor('en');
const release = { id: 'r-1', made_at: '2026-09-01T06:00:00Z', policy: 'formal', epsilon: 2.14 } as Release;

describe('a drawing', () => {
  it('has the fill, stripes, outline and mark of each class, with true proportions and the north up', () => {
    const drawing = areasDrawn(features, (of) => areaLook(of, 'concentration', 'mean', null), true, 'u1');
    expect(drawing?.frame.map(Math.round)).toEqual([-3, -3, 606, 206]);
    expect(drawing?.areas.map(({ look, chosen }) => [look.fill, look.stripe, look.sure, look.mark, chosen])).toEqual([
      ['hot99', null, true, 'plus-plus', false], ['cold90', 'falling', false, 'minus', true], ['not-enough', 'upright', false, null, false],
    ]);
    expect(drawing?.areas[0]?.d).toMatch(/^M0\.0 200\.0L200\.0 200\.0L200\.0 0\.0/);
    expect(drawing?.labels.map(({ text }) => text)).toEqual(['Area 0', 'Area 1', 'Area 2']);
    // The mark stands above a name, and in the middle of an area without one.
    expect(drawing?.labels[0] && markAbove(drawing.labels[0])).toBeLessThan(drawing?.labels[0]?.y ?? 0);
    const hexagons = areasDrawn(features, (of) => areaLook(of, 'concentration', 'mean', null), false, null);
    expect(hexagons?.labels.map(({ text, look }) => [text, look?.mark])).toEqual([[null, 'plus-plus'], [null, 'minus']]);
  });

  it('shows the same ground as another one when it is told its bounds, and nothing where there is no shape', () => {
    expect(drawingOf([{ id: 'a', geometry: features[0]?.geometry as never, look: lookOf('none'), name: null }], [0, 0, 3, 1])?.frame.map(Math.round)).toEqual([-3, -3, 606, 206]);
    expect(drawingOf([{ id: 'a', geometry: null, look: lookOf('none'), name: 'A' }])).toBeNull();
  });

  it('fills by the step of a value, and keeps the mark of the class', () => {
    const steps = stepsOf([square(0, 'hot95', 0), square(1, 'none', 100)], 'relative', 'mean');
    const { class: of, step } = areaLook(square(1, 'hot95', 100).properties, 'relative', 'mean', steps);
    expect(lookOf(of, step)).toEqual({ fill: 'step-4', stripe: null, sure: true, mark: 'plus' });
    expect(mixed('#000000', '#ff8040', 0.5)).toBe('#804020');
    expect(markPath('minus', 10, 10, 8)).toBe('M6 10H14');
    expect(markPath('plus', 10, 10, 8)).toBe('M6 10H14M10 6V14');
  });

  it('is on the map with the same marks, as points of their own', () => {
    const shown = hotspotsOnMap({ features, units: 'neighbourhoods' } as Parameters<typeof hotspotsOnMap>[0], null, (area) => areaLook(area, 'concentration', 'mean', null));
    expect(shown.features.map(({ geometry, properties }) => [geometry.type, properties?.['class'] ?? properties?.['mark']])).toEqual([
      ['Polygon', 'hot99'], ['Polygon', 'cold90'], ['Polygon', 'not_enough'], ['Point', 'plus-plus'], ['Point', 'minus'],
    ]);
  });
});

describe('a picture that leaves the page', () => {
  const drawing = areasDrawn(features, (of) => areaLook(of, 'concentration', 'mean', null), false, null);
  if (!drawing) throw new Error('The areas have shapes.');
  const sheet = pictureSheet({
    community: { id: 'town', title: 'Town', attribution: '© OpenStreetMap contributors' }, measure: 'concentration', reach: 'mean', units: 'cells', tested: 139, release, drawing,
    legend: legendOf('concentration', null, en.picture, planner, formats), sentences: ['One.', 'Two.'], remarks: ['Left out: Hill.'],
    words: { picture: en.picture, plan: planner, report }, formats,
  });

  it('carries legend, n, date, release, policy, caveats and whom to credit', () => {
    expect(sheet.filename).toBe('stead-town-concentration-cells-2026-09-01');
    expect(sheet.alt).toBe('Where people who took part mapped places – Town. One. Two.');
    expect(sheet.parts.flatMap(({ legend }) => legend.entries).map(({ words }) => words)).toEqual(Object.values(en.picture.className));
    const all = sheet.lines.join('\n');
    for (const part of ['139', 'Left out: Hill.', '1 September 2026', planner.policies.formal, 'r-1', en.picture.cannot[0], en.picture.cannot[1], '© OpenStreetMap contributors']) expect(all).toContain(part);
  });

  it('says that there is no formal guarantee where there is none', () => {
    const closed = pictureSheet({
      community: { id: 'town', title: 'Town', attribution: null }, measure: 'opportunity', reach: 'free', units: 'neighbourhoods', tested: 0, release: { ...release, policy: 'closed_group' }, drawing,
      legend: legendOf('opportunity', { from: 0, to: 1 }, en.picture, planner, formats), sentences: [], remarks: [], words: { picture: en.picture, plan: planner, report }, formats,
    });
    expect(closed.lines).toContain(planner.promiseNone);
    expect(closed.filename).toBe('stead-town-opportunity-free-2026-09-01');
    // A directory is known: no outline, no mark, no stripes to be explained.
    expect(closed.parts.map(({ legend }) => legend.notes)).toEqual([[planner.legendSteps]]);
  });
});

describe('the words inside a PNG', () => {
  it('come after its header, with a checksum that every reader takes', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    const png = Uint8Array.from({ length: 45 }, (_, i) => i);
    const made = withWords(png, { Title: 'Õ' });
    expect([...made.subarray(0, 33)]).toEqual([...png.subarray(0, 33)]);
    expect([...made.subarray(-12)]).toEqual([...png.subarray(33)]);
    const chunk = made.subarray(33, made.length - 12);
    expect(new TextDecoder().decode(chunk.subarray(4, 13))).toBe('iTXtTitle');
    expect(new DataView(chunk.buffer, chunk.byteOffset).getUint32(0)).toBe(chunk.length - 12);
    expect(new TextDecoder().decode(chunk.subarray(18, -4))).toBe('Õ');
    expect(new DataView(made.buffer, made.byteOffset).getUint32(33 + chunk.length - 4)).toBe(crc32(chunk.subarray(4, -4)));
  });
});

describe('the page for the whole community', () => {
  const areas = ['Õ', 'B', 'A', 'C'].map((name) => ({ id: name, name }));
  const differing: Hotspot = { ...square(0, 'cold95'), properties: { ...square(0, 'cold95').properties, unit: 'Õ' } };

  it('has its neighbourhoods by name, and keeps those that differ where not all fit', () => {
    expect(rowsThatFit(areas, { concentration: [differing] }, 'et').map(({ id }) => id)).toEqual(['A', 'B', 'C', 'Õ']);
    expect(rowsThatFit(areas, { relative: [differing] }, 'et', 2).map(({ id }) => id)).toEqual(['A', 'Õ']);
  });

  it('says no number of an area that has not enough, and every number with its company', () => {
    const between = (low: string, high: string) => `${low} to ${high}`;
    expect(figuresOf(square(0, 'not_enough').properties, 'concentration', formats, between)).toEqual({ measure: 'concentration', value: null, interval: null, people: null, q: null, class: 'not_enough' });
    expect(figuresOf(undefined, 'quality', formats, between).class).toBe('not_enough');
    expect(figuresOf(square(0, 'hot95').properties, 'concentration', formats, between)).toEqual({ measure: 'concentration', value: '10', interval: '5 to 15', people: '40', q: '0.01', class: 'hot95' });
  });
});
