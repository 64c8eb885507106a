import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../src/i18n/alphabet';

const NAMES = [
  '', ' ', 'Aruoja', 'aruoja', 'Jõekääru', 'Kalasadama', 'Kiigemäe', 'Koolimäe', 'Laululava', 'Pärnaallika', 'Põldotsa', 'Põld otsa', 'Põld-otsa', 'Raudteeküla',
  'Õunaaia', 'Ülesilla', 'Öö', 'Ääre', 'Šveitsi', 'Sveitsi', 'Zoo', 'Žanna', 'Tartu', 'Vee', 'Wee', 'Xa', 'Ya', 'Uus', 'V', 'W', 'z', 't', 'District 2', 'District 10',
  'District 010', 'district 2', 'District', 'District (old)', 'District, old', 'St. Mary', 'St Mary', "Mary's", 'Ærlig', 'Østre', 'Ås', 'Aas', 'Aaa', 'Zå', 'Za', 'Ål', 'Al',
  'Café', 'Cafe', 'Łódź', '東京', '123456789012', 'a_b', 'a:b', 'a;b', 'a!b', 'a?b', 'a"b', 'a/b', 'AB', 'Ab', 'aB', 'ab', '1st', '2nd', '10th', 'ÕUNAAIA', 'õunaaia',
];

describe('the order of names', () => {
  it.each(['en', 'et', 'nb'])('is that of the browser in %s', (language) => {
    const [own, { compare }] = [alphabetOf(language), new Intl.Collator(language, { numeric: true })];
    const differs = NAMES.flatMap((a) => NAMES.filter((b) => Math.sign(own(a, b)) !== compare(a, b)).map((b) => `${a} ${Math.sign(own(a, b))} ${b}`));
    expect(differs).toEqual([]);
  });

  it('needs no browser for names in the letters of the language', () => {
    const { Collator } = Intl;
    Intl.Collator = function opened() { throw new Error('opened'); } as unknown as typeof Collator;
    try {
      expect(['Ülesilla', 'Õunaaia', 'Pärnaallika', 'Põldotsa', 'Tamme 10', 'Tamme 9', 'Zoo'].sort(alphabetOf('et'))).toEqual(
        ['Põldotsa', 'Pärnaallika', 'Zoo', 'Tamme 9', 'Tamme 10', 'Õunaaia', 'Ülesilla'],
      );
      expect(() => ['Łódź', 'Oslo'].sort(alphabetOf('nb'))).toThrow('opened');
    } finally {
      Intl.Collator = Collator;
    }
  });
});
