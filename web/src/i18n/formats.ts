import { numbersFor } from './numbers';

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

interface Spelling {
  locale: string;
  and: string;
  afterDay: string;
  months: string;
}

/** What the first screens write is written here, as numbers are, and for the same reason. A test holds it to `Intl`. */
const SPELT: Record<string, Spelling> = {
  en: { locale: 'en-GB', and: 'and', afterDay: '', months: 'January February March April May June July August September October November December' },
  et: { locale: 'et', and: 'ja', afterDay: '.', months: 'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember' },
  nb: { locale: 'nb', and: 'og', afterDay: '.', months: 'januar februar mars april mai juni juli august september oktober november desember' },
};

/** A browser takes some milliseconds to make each of these: only those that a page writes with are made. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function formatsFor(language: string): Formats {
  const { locale, and, afterDay, months } = SPELT[language] ?? SPELT['en']!;
  const { write, percent } = numbersFor(language);
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const weekday = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
  const languages = once(() => new Intl.DisplayNames([locale], { type: 'language' }));
  const number = (value: number) => write(value, { most: 0 });
  const decimal = (value: number) => write(value, { most: 1 });
  return {
    number,
    decimal,
    signed: (value) => write(value, { most: 2, least: 2, signed: true }),
    chance: (value) => `${value < 0.005 ? '< ' : ''}${write(Math.max(value, 0.01), { most: 2, least: 2 })}`,
    distance: (metres) => {
      // Nobody walks 347 metres: tens below a kilometre, then tenths of a kilometre.
      if (metres < 995) return `${number(Math.max(10, Math.round(metres / 10) * 10))} m`;
      const kilometres = metres / 1000;
      return `${kilometres < 10 ? decimal(kilometres) : number(kilometres)} km`;
    },
    percent,
    minutes: (value) => `${number(value)} min`,
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
    size: (bytes) => (bytes < 995_000 ? `${number(Math.max(1, Math.ceil(bytes / 1000)))} kB` : `${decimal(bytes / 1_000_000)} MB`),
    list: (items) => [items.slice(0, -1).join(', '), ...items.slice(-1)].filter(Boolean).join(` ${and} `),
    coordinates: ([lon, lat]) => [lat, lon].map((degrees) => write(degrees, { most: 5 })).join('; '),
  };
}
