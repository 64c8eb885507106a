import { describe, expect, it } from 'vitest';
import type { Hotspot, HotspotProperties, Neighbourhoods, Release } from '../src/api/types';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { en as planner } from '../src/i18n/planner/en';
import { areaLook, bandsOf, csvOf, drawnClass, measureOf, measuresOf, stepOf, stepsOf, unitsOf, valueOf } from '../src/views/picture/measures';
import { experienceOf, partOf } from '../src/views/picture/kinds';
import { cautionLines } from '../src/views/picture/cautions';
import { leftOutAreas, leftOutLines } from '../src/views/picture/leftOut';
import { pictureSentences } from '../src/views/picture/sentences';
import { orderText } from '../src/lib/order';
import { orderOf, sorted } from '../src/views/picture/sorting';

const area = (unit: string, name: string | null, cls: HotspotProperties['class'], z: number | null, value = 10): Hotspot => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [] },
  properties: { unit, name, value, low: value - 5, high: value + 5, people: value, z, q: z === null ? null : 0.5, class: cls },
});
const formats = formatsFor('en');

describe('the picture in words', () => {
  it('names the surest areas first, each name once, and counts what is not known', () => {
    const features = [
      area('1', 'Old Town', 'hot95', 3.1), area('2', 'Riverside', 'hot99', 4.2), area('3', 'Riverside', 'hot99', 3.9),
      area('4', 'Hill', 'hot90', 2.5), area('5', null, 'cold95', -3), area('6', 'Port', 'not_enough', null), area('7', 'Field', 'none', 0),
    ];
    expect(pictureSentences(features, en.picture, formats)).toEqual([
      'In 3 areas, more people mapped places than chance would give, most of all in Riverside and Old Town.',
      'In 1 area, fewer people mapped places than chance would give: areas without a name.',
      'For 1 of 7 areas there is not enough information to say anything.',
    ]);
  });

  it('says so when nothing stands out, and does not call a maybe a finding', () => {
    expect(pictureSentences([area('1', 'Hill', 'hot90', 2.5)], en.picture, formats)).toEqual([en.picture.hotNone, en.picture.coldNone, en.picture.enough('1')]);
  });
});

describe('the table', () => {
  const rows = [area('b', 'Õ', 'none', 0, 5), area('a', 'A', 'not_enough', null, 99), area('c', 'O', 'hot99', 4, 50)].map(({ properties }) => properties);
  const order = (column: Parameters<typeof sorted>[1]['column'], down = false) => sorted(rows, { column, down }, 'et').map(({ unit }) => unit);

  it('keeps areas without enough information last, whichever way it is sorted', () => {
    expect(order('value')).toEqual(['b', 'c', 'a']);
    expect(order('value', true)).toEqual(['c', 'b', 'a']);
  });

  it('sorts names by the alphabet of the language, and classes from more to fewer', () => {
    expect(order('name')).toEqual(['a', 'c', 'b']);
    expect(order('class')).toEqual(['c', 'b', 'a']);
  });
});

describe('the support in reach', () => {
  const felt = (cls: HotspotProperties['class'], mean: number | null): HotspotProperties => ({
    ...area('a', 'A', cls, 3).properties,
    ...(mean === null ? {} : { opportunity: { emotional: mean, instrumental: mean, informational: mean, appraisal: mean, free: null, rhythm: mean, mean } }),
  });

  it('is not drawn as what people felt there: no stripes, no outline and no mark that belong to another measure', () => {
    expect(drawnClass(felt('above', 0.4), 'opportunity')).toBe('none');
    expect(drawnClass(felt('not_enough', 0.4), 'opportunity')).toBe('none');
    expect(drawnClass(felt('below', null), 'opportunity')).toBe('not_enough');
    // Nobody can say which of no supports are free.
    expect(drawnClass(felt('above', 0.4), 'opportunity', 'free')).toBe('not_enough');
    expect(drawnClass(felt('above', 0.4), 'profile')).toBe('above');
    expect(areaLook(felt('not_enough', 0.4), 'opportunity', 'mean', { from: 0, to: 1 })).toEqual({ class: 'none', step: 2 });
    expect(areaLook(felt('hot95', null), 'concentration', 'mean', null)).toEqual({ class: 'hot95', step: null });
  });
});

describe('the order in the address', () => {
  it('is read and written the same, and falls back to the class', () => {
    expect(['value', '-q', 'nonsense', '-', null].map(orderOf)).toEqual([
      { column: 'value', down: false }, { column: 'q', down: true }, { column: 'class', down: false }, { column: 'class', down: false }, { column: 'class', down: false },
    ]);
    expect(orderText(orderOf('-people'))).toBe('-people');
  });
});

describe('what to be careful about', () => {
  const few = { code: 'few_units' as const, detail: '' };
  const skewed = { code: 'skewed_values' as const, detail: '' };
  const features = [area('a', 'A', 'none', 0), area('b', 'B', 'none', 0)];

  it('is said with the number of areas, and as probabilities were had', () => {
    expect(cautionLines({ warnings: [few, skewed], features, p_method: 'exact' }, planner, formats)).toEqual([planner.caution.few_units('2'), planner.caution.skewed_values]);
    expect(cautionLines({ warnings: [skewed], features, p_method: 'normal' }, planner, formats)).toEqual([planner.caution.skewed_values_rough]);
  });
});

describe('the measures', () => {
  const release = { cells: 139, neighbourhoods: 20 } as Parameters<typeof unitsOf>[0];

  it('go below neighbourhoods only where participants mapped most', () => {
    expect(unitsOf(release, 'concentration')).toEqual(['neighbourhoods', 'cells']);
    expect(unitsOf(release, 'quality')).toEqual(['neighbourhoods']);
  });

  it('begin with what is told for the residents there are, unless an address names another, or hexagons', () => {
    const asked = (text: string) => measureOf(measuresOf(release), new URLSearchParams(text), 'concentration');
    expect([asked(''), asked('measure=quality'), asked('units=cells'), asked('units=cells&measure=profile'), asked('measure=nonsense')]).toEqual([
      'relative', 'quality', 'concentration', 'profile', 'relative',
    ]);
    const small = measuresOf({ cells: 139, neighbourhoods: 0 } as Release);
    expect(measureOf(small, new URLSearchParams('measure=relative'), 'concentration')).toBe('concentration');
  });

  it('colour no area without enough information, and the largest value with the last step', () => {
    const features = [area('a', 'A', 'not_enough', null, 900), area('b', 'B', 'none', 0, 10), area('c', 'C', 'hot99', 4, 20)];
    const steps = stepsOf(features, 'relative', 'mean');
    expect(steps).toEqual({ from: 10, to: 20 });
    expect(features.map(({ properties }) => valueOf(properties, 'relative', 'mean'))).toEqual([null, 10, 20]);
    expect(steps && [10, 11.9, 12.1, 20].map((value) => stepOf(value, steps))).toEqual([0, 0, 1, 4]);
    expect(steps && bandsOf(steps).map(([from]) => from)).toEqual([10, 12, 14, 16, 18]);
  });

  it('have fixed ends where they have natural ones, so that a small spread is not drawn as a large one', () => {
    const alike = [area('a', 'A', 'not_distinguishable', null, 54), area('b', 'B', 'not_distinguishable', null, 57)];
    const steps = stepsOf(alike, 'profile', 'mean');
    expect(steps && alike.map(({ properties: { value } }) => stepOf(value ?? 0, steps))).toEqual([2, 2]);
  });

  it('say standing in the community, and never a rank', () => {
    const above = area('a', 'Hill', 'above', null);
    expect(pictureSentences([above, area('b', 'Port', 'not_distinguishable', null)], en.picture, formats, 'profile', planner)).toEqual([
      '1 neighbourhood is clearly above the whole community: Hill.', planner.fewerNone.profile, en.picture.enough('2'),
    ]);
  });

  it('tell experience by all of its parts where a release has them, and by the feelings alone where it has not', () => {
    const of = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });
    const felt = (unit: string, cls: HotspotProperties['class'], experience: HotspotProperties['experience']): Hotspot => {
      const one = area(unit, unit, cls, null);
      return { ...one, properties: { ...one.properties, experience, opportunity: { emotional: 1, instrumental: 1, informational: 1, appraisal: 1, free: null, rhythm: 1, mean: 1 } } };
    };
    const small = [felt('a', 'above', { valence: of(0.4) }), felt('b', 'below', { valence: of(0.6) })];
    const wide = [felt('a', 'above', { score: of(0.7), valence: of(0.4), mix: of(0.5) }), felt('b', 'below', { score: of(0.3), valence: of(0.6), mix: of(0.2) }), felt('c', 'not_enough', { score: of(0.1), valence: of(0.1), mix: of(0.1) })];
    const told = (features: Hotspot[]) => features.map(({ properties }) => experienceOf(properties)?.value ?? null);
    expect([told(small), told(wide)]).toEqual([[0.4, 0.6], [0.7, 0.3, null]]);
    expect(wide.map(({ properties }) => partOf(properties, 'mix')?.value ?? null)).toEqual([0.5, 0.2, null]);
    const order = (features: Hotspot[]) => sorted(features.map(({ properties }) => properties), orderOf('experience'), 'en').map(({ unit }) => unit).join('');
    expect([order(small), order(wide)]).toEqual(['ab', 'bac']);
    const heads = (features: Hotspot[]) => csvOf(features, {}).split('\r\n')[0]?.split(',').filter((head) => /^experience_.*_value$/.test(head));
    expect([heads(small), heads(wide)]).toEqual([['experience_valence_value'], ['experience_score_value', 'experience_valence_value', 'experience_mix_value']]);
  });

  it('go to a spreadsheet with their company, without numbers of areas that have too few, and without formulas', () => {
    const [head, first, second] = csvOf([area('a', '=1+1, "x"', 'hot99', 4, -3), area('b', 'B', 'not_enough', null, 900)], { release: 'r' }).split('\r\n');
    expect(head).toBe('unit,name,value,low_90,high_90,people_noisy,q_benjamini_hochberg,class,release');
    expect(first).toBe(`a,"'=1+1, ""x""",-3,-8,2,-3,0.5,hot99,r`);
    expect(second).toBe('b,B,,,,,,not_enough,r');
  });
});

describe('neighbourhoods without a number of their own', () => {
  const out = (id: string, name: string, why: Release['left_out'][number]['why']) => ({ id, name, why });
  const release = { left_out: [out('a', 'Hill', 'few_residents'), out('b', 'Port', 'unknown_residents'), out('c', 'Field', 'few_residents')] } as Release;
  const square = (id: string) => ({ type: 'Feature', id, geometry: { type: 'Polygon', coordinates: [] }, properties: { name: id } });
  const areas = { features: ['a', 'b', 'shown'].map(square) } as unknown as Neighbourhoods;

  it('are named with the reason, all of them or the one that is asked about', () => {
    expect(leftOutLines(release, planner, formats)).toEqual([planner.leftOut.few_residents('Hill and Field'), planner.leftOut.unknown_residents('Port')]);
    expect(leftOutLines(release, planner, formats, 'c')).toEqual([planner.leftOut.few_residents('Field')]);
    expect(leftOutLines(release, planner, formats, 'shown')).toEqual([]);
    const many = { left_out: Array.from({ length: 40 }, (_, i) => out(String(i), `N${i}`, 'few_residents')) } as Release;
    expect(leftOutLines(many, planner, formats)[0]).toMatch(/N10, N11 and 28 more\.$/);
  });

  it('are drawn as areas that nothing is known of, where their shapes are there', () => {
    const drawn = leftOutAreas(release, areas);
    expect(drawn.map(({ properties: { unit, class: of, value } }) => [unit, of, value])).toEqual([['a', 'not_enough', null], ['b', 'not_enough', null]]);
    for (const { properties } of drawn) expect(drawnClass(properties, 'opportunity')).toBe('not_enough');
    expect(leftOutAreas(release, null)).toEqual([]);
  });
});
