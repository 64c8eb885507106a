/** Whether a name is what somebody typed, for when the server cannot be asked: marks do not matter, and one slip of the finger a word is forgiven. Pure. */

/** Letters that a mark cannot simply be taken off. */
const WRITTEN_AS: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
/** In shorter words one letter is too much of what was typed. */
const LONG_ENOUGH = 4;

export const plainOf = (text: string): string =>
  text.toLowerCase().replace(/[øæœßłđðþı]/g, (letter) => WRITTEN_AS[letter] ?? letter).normalize('NFD').replace(/\p{M}/gu, '');

const wordsOf = (text: string): string[] => plainOf(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The same but for one letter that is missing, too many, another one, or has changed places with the next. */
function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [x, y] = [a.slice(at), b.slice(at)];
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

/** How well a name fits: 2 as it was typed, 1 with a slip, 0 not at all. Whoever typed nothing wants every name. */
export function fitOf(name: string, typed: string): 0 | 1 | 2 {
  const asked = wordsOf(typed);
  const whole = plainOf(name);
  if (asked.every((word) => whole.includes(word))) return 2;
  const parts = wordsOf(name);
  const slipped = (word: string): boolean => word.length >= LONG_ENOUGH
    && parts.some((part) => [-1, 0, 1].some((more) => oneSlipApart(word, part.slice(0, word.length + more))));
  return asked.every((word) => whole.includes(word) || slipped(word)) ? 1 : 0;
}
