import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { et } from '../src/i18n/et';
import { nb } from '../src/i18n/nb';
import { en as staffEn } from '../src/i18n/staff/en';
import { et as staffEt } from '../src/i18n/staff/et';
import { nb as staffNb } from '../src/i18n/staff/nb';
import { en as directoryEn } from '../src/i18n/directory/en';
import { et as directoryEt } from '../src/i18n/directory/et';
import { nb as directoryNb } from '../src/i18n/directory/nb';
import { en as mineEn } from '../src/i18n/mine/en';
import { et as mineEt } from '../src/i18n/mine/et';
import { nb as mineNb } from '../src/i18n/mine/nb';
import { en as plannerEn } from '../src/i18n/planner/en';
import { et as plannerEt } from '../src/i18n/planner/et';
import { nb as plannerNb } from '../src/i18n/planner/nb';
import { en as storiesEn } from '../src/i18n/stories/en';
import { et as storiesEt } from '../src/i18n/stories/et';
import { nb as storiesNb } from '../src/i18n/stories/nb';
import { en as picturesEn } from '../src/i18n/pictures/en';
import { et as picturesEt } from '../src/i18n/pictures/et';
import { nb as picturesNb } from '../src/i18n/pictures/nb';
import { preferredLanguage } from '../src/i18n';
import { formatsFor } from '../src/i18n/formats';

/** Every message of a language as path and text; functions are called with stand-ins. */
function spoken(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(Reflect.apply(value, null, value.length === 1 ? ['X'] : [2, 'Y', 'Z']))]];
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => spoken(inner, path ? `${path}.${key}` : key));
  throw new Error(`${path} is not a message`);
}

describe.each([['et', en, et], ['nb', en, nb], ['et, staff', staffEn, staffEt], ['nb, staff', staffEn, staffNb],
  ['et, directory', directoryEn, directoryEt], ['nb, directory', directoryEn, directoryNb],
  ['et, mine', mineEn, mineEt], ['nb, mine', mineEn, mineNb],
  ['et, planner', plannerEn, plannerEt], ['nb, planner', plannerEn, plannerNb], ['et, stories', storiesEn, storiesEt], ['nb, stories', storiesEn, storiesNb],
  ['et, pictures', picturesEn, picturesEt], ['nb, pictures', picturesEn, picturesNb]] as const)('%s', (_tag, base, words) => {
  const english = new Map(spoken(base));
  const own = new Map(spoken(words));

  it('says everything that English says', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leaves no message empty where English has words', () => {
    expect([...own].filter(([path, text]) => text.trim() === '' && english.get(path) !== '')).toEqual([]);
  });

  it('has its own words, not the English ones', () => {
    const same = [...own].filter(([path, text]) => text === english.get(path) && /[a-z]+ [a-z]+/i.test(text));
    expect(same).toEqual([]);
  });
});

describe('the voice', () => {
  it('has no exclamation marks and never says patient, in any language', () => {
    const all = [en, et, nb, staffEn, staffEt, staffNb, directoryEn, directoryEt, directoryNb, mineEn, mineEt, mineNb,
      plannerEn, plannerEt, plannerNb, storiesEn, storiesEt, storiesNb].flatMap((words) => spoken(words));
    expect(all.filter(([, text]) => /!|patient|patsien|pasient/i.test(text))).toEqual([]);
  });
});

describe('plurals', () => {
  it('follow the language', () => {
    expect([en, et, nb].map((words) => words.find.count(1, '1'))).toEqual(['1 place', '1 koht', '1 sted']);
    expect([en, et, nb].map((words) => words.find.count(14, '14'))).toEqual(['14 places', '14 kohta', '14 steder']);
  });
});

describe('the language', () => {
  it('is what the address says, then the last choice, then what the browser asks for', () => {
    expect(preferredLanguage('nb', 'et', ['en'])).toBe('nb');
    expect(preferredLanguage(null, 'et', ['en'])).toBe('et');
    expect(preferredLanguage('xx', null, ['fi', 'et-EE', 'en'])).toBe('et');
    expect(preferredLanguage(null, null, ['nn-NO'])).toBe('nb');
    expect(preferredLanguage(null, null, ['fi'])).toBe('en');
  });
});

describe('numbers as people read them', () => {
  const [english, estonian, norwegian] = [formatsFor('en'), formatsFor('et'), formatsFor('nb')];

  it('rounds distances to what a walker cares about', () => {
    expect([3, 347, 994, 996, 1234, 12_345].map(english.distance)).toEqual(['10 m', '350 m', '990 m', '1 km', '1.2 km', '12 km']);
    expect(estonian.distance(1234)).toBe('1,2 km');
  });

  it('never shows a chance of zero', () => {
    expect(english.chance(0.00001)).toBe('< 0.01');
    expect(norwegian.chance(0.05)).toBe('0,05');
  });

  it('writes dates and lists in the language', () => {
    expect(english.date('2026-09-01T06:00:00Z')).toBe('1 September 2026');
    expect(norwegian.list(['A', 'B', 'C'])).toBe('A, B og C');
    expect(english.date('soon')).toBe('soon');
  });
});
