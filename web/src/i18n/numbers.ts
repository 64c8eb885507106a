/**
 * Numbers as each language writes them (CLDR 44).
 *
 * A browser needs 40 to 100 ms for the first number that `Intl` writes, most of what a page takes to draw, and four times
 * that on a cheap phone. What pages write is therefore written here. A test holds it to `Intl`.
 */
const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

interface Signs {
  /** Between the whole and its parts. */
  point: string;
  /** Between thousands, from `from` on. */
  group: { by: string; from: number };
  minus: string;
  /** After a share. */
  percent: string;
}

const SIGNS: Record<string, Signs> = {
  en: { point: '.', group: { by: ',', from: 1_000 }, minus: '-', percent: '%' },
  et: { point: ',', group: { by: NO_BREAK_SPACE, from: 10_000 }, minus: MINUS, percent: '%' },
  nb: { point: ',', group: { by: NO_BREAK_SPACE, from: 1_000 }, minus: MINUS, percent: `${NO_BREAK_SPACE}%` },
};

/** How many decimals at most, how many at least, and whether what is above nothing says so. */
interface Shape {
  most: number;
  least?: number;
  signed?: boolean;
}

export interface Numbers {
  write(value: number, shape: Shape): string;
  /** A share of 0 to 1 in whole hundredths. */
  percent(share: number): string;
}

/** `value` times ten to the `digits`, to the nearest whole, halves away from zero: of the decimal that is read, not of the bits. */
function shifted(value: number, digits: number): number {
  const [mantissa, exponent = '0'] = String(Math.abs(value)).split('e');
  return Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
}

export function numbersFor(language: string): Numbers {
  const { point, group, minus, percent } = SIGNS[language] ?? SIGNS['en']!;
  const write = (value: number, { most, least = 0, signed = false }: Shape): string => {
    const units = shifted(value, most);
    // Not a number, or one that is not written out.
    if (!(units < 1e21)) return String(value);
    const digits = String(units).padStart(most + 1, '0');
    const whole = digits.slice(0, digits.length - most);
    let parts = digits.slice(digits.length - most);
    while (parts.length > least && parts.endsWith('0')) parts = parts.slice(0, -1);
    // What rounds to nothing is neither more nor less than nothing.
    const sign = units === 0 ? '' : value < 0 ? minus : signed ? '+' : '';
    const grouped = Number(whole) < group.from ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group.by);
    return sign + grouped + (parts && point + parts);
  };
  // The point is moved in the text, so that 0.285 is 28.5 and not 28.499999999999996.
  return { write, percent: (share) => write(Math.sign(share) * shifted(share, 2), { most: 0 }) + percent };
}
