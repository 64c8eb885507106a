import { describe, expect, it } from 'vitest';
import type { Hotspot, HotspotClass } from '../src/api/types';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { pictureSentences } from '../src/views/picture/sentences';
import { sorted } from '../src/views/picture/sorting';

const area = (unit: string, name: string | null, cls: HotspotClass, z: number | null, value = 10): Hotspot => ({
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
