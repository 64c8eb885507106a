import { describe, expect, it } from 'vitest';
import consent from '../../data/consent/2026-2.json';
import { en } from '../src/i18n/en';
import { et } from '../src/i18n/et';
import { nb } from '../src/i18n/nb';
import { preferredLanguage } from '../src/i18n';
import { formatsFor } from '../src/i18n/formats';
import { pluralIn } from '../src/i18n/plural';

type Words = Record<string, unknown>;

/** The words of every part of the app, by part and language; a part that comes later is found by itself. */
const files = import.meta.glob<Record<string, Words>>('../src/i18n/*/{en,et,nb}.ts', { eager: true });
const areas: Record<string, Record<string, Words>> = { core: { en, et, nb } };
for (const [path, file] of Object.entries(files)) {
  const [, area = '', tag = ''] = /i18n\/([^/]+)\/(\w+)\.ts$/.exec(path) ?? [];
  (areas[area] ??= {})[tag] = file[tag] ?? {};
}
const said = Object.entries(areas).flatMap(([area, of]) => Object.entries(of).map(([tag, words]) => [area, tag, words] as const));

/** Every message of a language as path and text; functions are called with stand-ins. */
function spoken(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(Reflect.apply(value, null, value.length === 1 ? ['X'] : [2, 'Y', 'Z']))]];
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => spoken(inner, path ? `${path}.${key}` : key));
  throw new Error(`${path} is not a message`);
}

it('finds the words of every part of the app, in three languages each', () => {
  expect(Object.keys(areas).length).toBeGreaterThan(5);
  expect(Object.values(areas).map((of) => Object.keys(of).sort())).toEqual(Object.keys(areas).map(() => ['en', 'et', 'nb']));
});

describe.each(said.filter(([, tag]) => tag !== 'en'))('%s in %s', (area, _tag, words) => {
  const base = areas[area]?.['en'];
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
    const all = said.flatMap(([, , words]) => spoken(words));
    expect(all.filter(([, text]) => /!|patient|patsien|pasient/i.test(text))).toEqual([]);
  });
});

describe('plurals', () => {
  it('follow the language', () => {
    expect([en, et, nb].map((words) => words.find.count(1, '1'))).toEqual(['1 place', '1 koht', '1 sted']);
    expect([en, et, nb].map((words) => words.find.count(14, '14'))).toEqual(['14 places', '14 kohta', '14 steder']);
    for (const tag of ['en', 'et', 'nb']) {
      const [ours, rules] = [pluralIn(tag), new Intl.PluralRules(tag)];
      for (const n of [...Array(1_200).keys(), 1e6, 1.5]) expect(ours(n, { one: 'one', other: 'other' })).toBe(rules.select(n));
    }
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

  it.each([['en', 'en-GB'], ['et', 'et'], ['nb', 'nb']])('writes by itself what Intl writes, in %s', (tag, locale) => {
    const ours = formatsFor(tag);
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
    for (let days = 0; days < 366; days += 1) {
      const when = new Date(Date.UTC(2028, 0, 1 + days, 12));
      expect(ours.date(when.toISOString())).toBe(day.format(when));
    }
    const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
    for (const items of [[], ['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D', 'E']]) expect(ours.list(items)).toBe(list.format(items));
    // Whole, halves, what bits cannot hold, thousands, less than nothing; and a thousand that nobody chose.
    const values = [0, 0.5, 2.5, 0.05, 0.25, 1.005, 0.285, 1e-7, 999, 999.95, 1000, 1234.5, 9_999.999, 10_000, 123_456.789, 12_345_678, 1e14];
    for (let i = 1; i <= 1000; i += 1) values.push(i, ((i * 7919) % 100_003) / 10 ** (i % 6));
    const shown = (options: Intl.NumberFormatOptions) => {
      const { format } = new Intl.NumberFormat(locale, options);
      // Of what rounds to nothing, `Intl` keeps the minus; people do not.
      return (value: number) => format(Number(value.toFixed(6)) === 0 || /^[-\u2212][0.,]+\D*$/.test(format(value)) ? 0 : value);
    };
    const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
    const [whole, tenths, signed, percent, fifths, hundredths] = [
      { maximumFractionDigits: 0 }, { maximumFractionDigits: 1 }, { ...two, signDisplay: 'exceptZero' },
      { style: 'percent', maximumFractionDigits: 0 }, { maximumFractionDigits: 5 }, two,
    ].map((options) => shown(options as Intl.NumberFormatOptions));
    for (const value of values.flatMap((value) => [value, -value])) {
      expect(ours.number(value)).toBe(whole?.(value));
      expect(ours.decimal(value)).toBe(tenths?.(value));
      expect(ours.signed(value)).toBe(signed?.(value));
      expect(ours.percent(value)).toBe(percent?.(value));
      expect(ours.coordinates([value, value])).toBe(`${fifths?.(value)}; ${fifths?.(value)}`);
      if (value >= 0.005) expect(ours.chance(value)).toBe(hundredths?.(Math.max(value, 0.01)));
    }
  });
});

it('calls a public story in Norwegian what the agreement calls it', () => {
  const agreed = consent.texts.nb.purposes.public_story;
  expect(agreed).toMatch(/^Offentlige historier\./);
  expect([nb.purpose.public_story.title, nb.purpose.public_story.short]).toEqual(['Som en offentlig historie', 'som en offentlig historie']);
});
