import { describe, expect, it } from 'vitest';
import type { Difference, DifferenceProperties, Hotspot, HotspotClass, SnapshotArea } from '../src/api/types';
import { en } from '../src/i18n/compare/en';
import { en as core } from '../src/i18n/en';
import { en as plan } from '../src/i18n/planner/en';
import { formatsFor } from '../src/i18n/formats';
import { orderText } from '../src/lib/order';
import { changesCsv, changeSentences, orderOf, sortedChanges } from '../src/views/compare/changes';
import { axisOf, measureSentence, pairsOf } from '../src/views/compare/pairs';
import { pairOrder, pairsCsv, sortedPairs } from '../src/views/compare/pairRows';
import { numberSteps, stepOf, stepsOf } from '../src/views/picture/measures';
import { drawnAreas, sortedAreas } from '../src/views/snapshots/numbers';

const formats = formatsFor('en');

const change = (unit: string, name: string, of: Partial<DifferenceProperties>): Difference => ({
  type: 'Feature', geometry: null,
  properties: { unit, name, value: 0, low: -20, high: 20, people: 50, people_before: 50, z: 0, q: 1, class: 'none', ...of },
});
const hotspot = (unit: string, value: number | null, of: Partial<Hotspot['properties']> = {}): Hotspot => ({
  type: 'Feature', geometry: null,
  properties: { unit, name: unit, value, low: value === null ? null : value - 10, high: value === null ? null : value + 10, people: 40, z: null, q: null, class: value === null ? 'not_enough' : 'none', ...of },
});

const CHANGES = [
  change('a', 'Kesklinn', { value: 60, z: 4.7, q: 0.001, class: 'hot99' }),
  change('b', 'Jõeääre', { value: 40, z: 3.1, q: 0.03, class: 'hot95' }),
  change('c', 'Mäe', { value: -90, z: -7, q: 0, class: 'cold99' }),
  change('d', 'Oru', { value: 25, z: 2, q: 0.08, class: 'hot90' }),
  change('e', 'Tühi', { value: 3, z: null, q: null, class: 'not_enough' }),
];

describe('what changed', () => {
  it('is said in three sentences that name only what is sure, the surest first', () => {
    expect(changeSentences(CHANGES, 'concentration', en, 'areas without a name', formats)).toEqual([
      'In 2 areas, clearly more people mapped a place than before, most of all in Kesklinn and Jõeääre.',
      'In 1 area, clearly fewer people mapped a place than before: Mäe.',
      'Of 5 areas, 1 show no difference that is clearer than the noise. Of 1 we do not know enough.',
    ]);
    expect(changeSentences([change('a', 'x', {})], 'quality', en, '', formats).slice(0, 2)).toEqual([en.moreNone.quality, en.fewerNone.quality]);
  });

  it('counts an area of each kind once', () => {
    const numbers = changeSentences(CHANGES, 'relative', en, '', formats).map((text) => text.match(/\d+/g)?.map(Number) ?? []);
    const [more = 0, fewer = 0] = [numbers[0]?.[0], numbers[1]?.[0]];
    const [all = 0, same = 0, unknown = 0] = numbers[2] ?? [];
    expect(more + fewer + same + unknown).toBe(all);
  });

  it('is sorted both ways with what is unknown last, and the address keeps the order', () => {
    const names = (text: string) => sortedChanges(CHANGES.map(({ properties }) => properties), orderOf(text), 'en').map(({ unit }) => unit).join('');
    expect([names('value'), names('-value'), names('q'), names('class')]).toEqual(['cdbae', 'abdce', 'cabde', 'abdce']);
    expect(['value', '-q', 'name'].map((text) => orderText(orderOf(text)))).toEqual(['value', '-q', 'name']);
    expect([orderOf(null), orderOf('-nothing')]).toEqual(Array(2).fill({ column: 'class', down: false }));
  });

  it('goes into a spreadsheet with both releases in every row and without numbers where there are too few', () => {
    const lines = changesCsv(CHANGES, { from: 'r1', release: 'r2', promise: '=1, "so"' }).trimEnd().split('\r\n');
    expect(lines[0]).toBe('unit,name,difference,low_90,high_90,people_before_noisy,people_noisy,q_benjamini_hochberg,class,from,release,promise');
    expect(lines[3]).toBe(`c,Mäe,-90,-20,20,50,50,0,cold99,r1,r2,"'=1, ""so"""`);
    expect(lines[5]).toBe(`e,Tühi,,,,,,,not_enough,r1,r2,"'=1, ""so"""`);
  });
});

describe('two pictures side by side', () => {
  it('share one scale, so that the same shade is the same number', () => {
    const steps = numberSteps([[hotspot('a', -4), hotspot('b', 50)], [hotspot('a', 100), hotspot('b', null)]], 'concentration');
    expect(steps).toEqual({ from: 0, to: 100 });
    expect([-4, 0, 50, 100].map((value) => steps && stepOf(value, steps))).toEqual([0, 0, 2, 4]);
    expect(numberSteps([[], []], 'quality')).toEqual({ from: -1, to: 1 });
    expect(numberSteps([[hotspot('a', null)], []], 'relative')).toBeNull();
    // The picture of one date has the same scale, but for where people mapped most, which is drawn by its classes.
    const one = [hotspot('a', -4), hotspot('b', 50)];
    expect([stepsOf(one, 'relative', 'mean'), stepsOf(one, 'concentration', 'mean')]).toEqual([numberSteps([one], 'relative'), null]);
  });
});

describe('two measures side by side', () => {
  const one = [hotspot('b', 3), hotspot('a', 7), hotspot('gone', 1)];
  const other = [hotspot('a', 0.2), hotspot('b', null), hotspot('new', 0.5)];
  const pairs = pairsOf(one, other, ['relative', 'quality'], 'en');

  it('are joined on the neighbourhood, and one without the other keeps a gap', () => {
    expect(pairs.map(({ unit, one: first, other: second }) => [unit, first?.value ?? null, second?.value ?? null]))
      .toEqual([['a', 7, 0.2], ['b', 3, null], ['gone', 1, null], ['new', null, 0.5]]);
  });

  it('have room for every interval on their axes', () => {
    const { from, to } = axisOf(pairs.flatMap(({ one: first }) => first ?? []));
    expect(from).toBeLessThan(-9);
    expect(to).toBeGreaterThan(17);
    expect(axisOf([{ low: 2, high: 2 }]).to).toBeGreaterThan(2);
  });

  it('are said by what is clear after the correction, never by who has the highest number', () => {
    const said = (features: Hotspot[], measure: 'relative' | 'quality') => measureSentence(features, measure, { picture: core.picture, plan }, formats);
    expect(said([hotspot('Hill', 900), hotspot('Port', 1)], 'relative')).toEqual([plan.moreNone.relative]);
    expect(said([hotspot('Hill', 0.9), hotspot('Port', 0.4, { class: 'hot95', z: 3, q: 0.03 })], 'quality'))
      .toEqual(['In 1 neighbourhood, people felt clearly better at their places than elsewhere: Port.']);
  });

  it('are sorted by any number or class of either, with gaps last, and the address keeps the order', () => {
    const both = pairsOf(
      [hotspot('a', 7, { q: 0.5 }), hotspot('b', 3, { q: 0.01, class: 'hot99' }), hotspot('c', null)],
      [hotspot('a', 0.2, { class: 'cold95' }), hotspot('b', null), hotspot('c', 0.1, { people: 12 })], ['relative', 'quality'], 'en',
    );
    const units = (text: string | null) => sortedPairs(both, pairOrder(text, ['relative', 'quality']), 'en').map(({ unit }) => unit).join('');
    expect(['one-value', '-one-value', 'one-q', 'one-class', 'other-class', '-other-value', 'people', null].map(units)).toEqual(['bac', 'abc', 'bac', 'bac', 'cab', 'acb', 'cab', 'abc']);
    // The support in reach has no q: an address that asks for it is as one that asks for nothing.
    expect(pairOrder('other-q', ['relative', 'opportunity'])).toEqual({ column: 'name', down: false });
  });

  it('go into a spreadsheet with interval, people, q and class, and without numbers where there are too few', () => {
    const lines = pairsCsv(pairs, ['relative', 'quality'], { release: 'r' }).trimEnd().split('\r\n');
    expect(lines[0]).toBe('unit,name,people_noisy,relative,relative_low_90,relative_high_90,relative_q_benjamini_hochberg,relative_class,quality,quality_low_90,quality_high_90,quality_q_benjamini_hochberg,quality_class,release');
    expect(lines[2]).toBe('b,b,40,3,-7,13,,none,,,,,not_enough,r');
  });

  it('takes the support in reach as counted, without an interval', () => {
    const reach = hotspot('a', 50, { opportunity: { mean: 0.4, emotional: 0, instrumental: 0, informational: 0, appraisal: 0, free: null, rhythm: 0 } });
    expect(pairsOf([reach], [], ['opportunity', 'quality'], 'en')[0]?.one).toEqual({ value: 0.4, low: 0.4, high: 0.4, q: null, class: 'none' });
  });
});

describe('the numbers of a closed group', () => {
  const area = (unit: string, value: number | null): SnapshotArea => ({
    type: 'Feature', geometry: null, properties: { unit, name: unit, value, low: value && value - 2, high: value && value + 9, class: value === null ? 'not_enough' : 'shown' },
  });
  const areas = [area('b', null), area('c', 15), area('a', 40)];

  it('are drawn as not enough where they are not shown', () => {
    expect(drawnAreas(areas).map(({ properties }) => properties.class)).toEqual<HotspotClass[]>(['not_enough', 'none', 'none']);
  });

  it('are sorted with the hidden ones last, whichever way', () => {
    const order = (column: 'name' | 'value' | 'interval', down: boolean) => sortedAreas(areas, { column, down }, 'en').map(({ unit }) => unit).join('');
    expect([order('name', false), order('name', true), order('value', false), order('value', true), order('interval', false)]).toEqual(['abc', 'cba', 'cab', 'acb', 'cab']);
  });
});
