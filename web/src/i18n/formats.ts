/** Numbers, dates and lists in the reader's way. Pure: the language is an argument. */
export interface Formats {
  number(value: number): string;
  /** With one decimal. */
  decimal(value: number): string;
  /** With two decimals and its sign. */
  signed(value: number): string;
  /** q: two decimals, and never a bare zero. */
  chance(value: number): string;
  distance(metres: number): string;
  /** A share of 0 to 1 in whole hundredths. */
  percent(share: number): string;
  minutes(minutes: number): string;
  date(iso: string): string;
  /** A day and the time, where the reader is. */
  dateTime(iso: string): string;
  /** The name of the day of the week. */
  weekday(iso: string): string;
  /** How a language is called in the reader's language. */
  languageName(tag: string): string;
  size(bytes: number): string;
  /** A sum as it was written, in its currency. */
  money(amount: string, currency: string): string;
  list(items: readonly string[]): string;
  coordinates(point: readonly [number, number]): string;
}

const LOCALES: Record<string, string> = { en: 'en-GB', et: 'et', nb: 'nb' };

/**
 * A browser needs 40 to 100 ms for the first thing that `Intl` writes, most of what a list of places takes to draw, and
 * four times that on a cheap phone. What the first screens write is therefore written here. A test holds it to `Intl`.
 */
const SPELT: Record<string, { and: string; afterDay: string; months: string }> = {
  en: { and: 'and', afterDay: '', months: 'January February March April May June July August September October November December' },
  et: { and: 'ja', afterDay: '.', months: 'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember' },
  nb: { and: 'og', afterDay: '.', months: 'januar februar mars april mai juni juli august september oktober november desember' },
};

/** A browser takes some milliseconds to make each of these: only those that a page writes with are made. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function formatsFor(language: string): Formats {
  const locale = LOCALES[language] ?? language;
  const whole = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
  const oneDecimal = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
  const twoDecimals = once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
  const signed = once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }));
  const fiveDecimals = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 5 }));
  const share = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
  const minute = once(() => new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short', maximumFractionDigits: 0 }));
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const weekday = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
  const languages = once(() => new Intl.DisplayNames([locale], { type: 'language' }));
  const { and, afterDay, months } = SPELT[language] ?? SPELT['en']!;
  // Small whole numbers are the same in every language here, and most pages write no others: they need not wait for `Intl`.
  const number = (value: number) => (Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : whole().format(value));
  return {
    number,
    decimal: (value) => oneDecimal().format(value),
    signed: (value) => signed().format(value),
    chance: (value) => (value < 0.005 ? `< ${twoDecimals().format(0.01)}` : twoDecimals().format(value)),
    distance: (metres) => {
      // Nobody walks 347 metres: tens below a kilometre, then tenths of a kilometre.
      if (metres < 995) return `${number(Math.max(10, Math.round(metres / 10) * 10))} m`;
      const kilometres = metres / 1000;
      return `${kilometres < 10 ? oneDecimal().format(kilometres) : whole().format(kilometres)} km`;
    },
    percent: (value) => share().format(value),
    minutes: (value) => minute().format(value),
    date: (iso) => {
      const when = new Date(iso);
      return Number.isNaN(when.getTime()) ? iso : `${when.getDate()}${afterDay} ${months.split(' ')[when.getMonth()]} ${when.getFullYear()}`;
    },
    dateTime: (iso) => {
      const when = new Date(iso);
      return Number.isNaN(when.getTime()) ? iso : moment().format(when);
    },
    weekday: (iso) => weekday().format(new Date(iso)),
    languageName: (tag) => {
      try {
        return languages().of(tag) ?? tag;
      } catch {
        return tag; // not a language tag: shown as it was written
      }
    },
    money: (amount, currency) => {
      try {
        return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount));
      } catch {
        return `${amount} ${currency}`; // not a currency that the browser knows
      }
    },
    size: (bytes) => (bytes < 995_000 ? `${number(Math.max(1, Math.ceil(bytes / 1000)))} kB` : `${oneDecimal().format(bytes / 1_000_000)} MB`),
    list: (items) => [items.slice(0, -1).join(', '), ...items.slice(-1)].filter(Boolean).join(` ${and} `),
    coordinates: ([lon, lat]) => `${fiveDecimals().format(lat)}; ${fiveDecimals().format(lon)}`,
  };
}
