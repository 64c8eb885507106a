/**
 * The order of names, as Intl.Collator has it with `numeric`. The browser takes a slow phone a tenth of a second to open its
 * own, and most tables are in order from the start: names written in a language's own letters are put in order here, and
 * only others are left to the browser. Held to Intl by a test. Pure.
 */
const LETTERS: Readonly<Record<string, string>> = {
  en: 'abcdefghijklmnopqrstuvwxyz',
  et: 'abcdefghijklmnopqrsšzžtuvwõäöüxy',
  nb: 'abcdefghijklmnopqrstuvwxyzæøå',
};
const MARKS = ' _-,;:!?.\'"()';
/** Marks come before numbers, numbers before letters. */
const [NUMBERS, FIRST_LETTER] = [100, 1e9];
const WORDS = /\d+|./gsu;

export type Comparison = (a: string, b: string) => number;

/** Before (below 0), after (above 0) or the same, in the order of the language. */
export function alphabetOf(language: string): Comparison {
  const keys = new Map<string, readonly number[] | null>();
  const keyOf = (text: string) => {
    const known = keys.get(text);
    if (known !== undefined) return known;
    const key = keyIn(language, text);
    keys.set(text, key);
    return key;
  };
  let browser: Intl.Collator | undefined;
  return (a, b) => {
    if (a === b) return 0;
    const [one, other] = [keyOf(a), keyOf(b)];
    if (!one || !other) return (browser ??= new Intl.Collator(language, { numeric: true })).compare(a, b);
    const at = one.findIndex((part, index) => part !== other[index]);
    if (at >= 0) return at < other.length ? (one[at] ?? 0) - (other[at] ?? 0) : 1;
    return one.length - other.length || capitals(a, b);
  };
}

/** A number for each letter, mark or whole number of a text; null where it has others. */
function keyIn(language: string, text: string): readonly number[] | null {
  const letters = LETTERS[language];
  // In Norwegian two of them are the last letter.
  if (!letters || (language === 'nb' && /aa/i.test(text))) return null;
  const key: number[] = [];
  for (const [word] of text.matchAll(WORDS)) {
    const [letter, mark] = [letters.indexOf(word.toLowerCase()), MARKS.indexOf(word)];
    if (letter >= 0) key.push(FIRST_LETTER + letter);
    else if (mark >= 0) key.push(mark);
    else if (/^\d{1,8}$/.test(word)) key.push(NUMBERS + Number(word));
    else return null;
  }
  return key;
}

/** What differs in nothing else: small letters first, however a number is written. */
function capitals(a: string, b: string): number {
  const [first, second] = [a, b].map((text) => text.replace(/\d+/g, '0')) as [string, string];
  for (let at = 0; at < first.length; at += 1) {
    const [one, other] = [first.charAt(at), second.charAt(at)];
    if (one !== other) return one === one.toLowerCase() ? -1 : 1;
  }
  return 0;
}
