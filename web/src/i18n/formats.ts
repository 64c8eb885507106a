/** Numbers, dates and lists in the reader's way. Pure: the language is an argument. */
export interface Formats {
  number(value: number): string;
  /** q: two decimals, and never a bare zero. */
  chance(value: number): string;
  distance(metres: number): string;
  date(iso: string): string;
  list(items: readonly string[]): string;
  coordinates(point: readonly [number, number]): string;
}

const LOCALES: Record<string, string> = { en: 'en-GB', et: 'et', nb: 'nb' };

export function formatsFor(language: string): Formats {
  const locale = LOCALES[language] ?? language;
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const twoDecimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const fiveDecimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 5 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  return {
    number: (value) => whole.format(value),
    chance: (value) => (value < 0.005 ? `< ${twoDecimals.format(0.01)}` : twoDecimals.format(value)),
    distance: (metres) => {
      // Nobody walks 347 metres: tens below a kilometre, then tenths of a kilometre.
      if (metres < 995) return `${whole.format(Math.max(10, Math.round(metres / 10) * 10))} m`;
      const kilometres = metres / 1000;
      return `${kilometres < 10 ? oneDecimal.format(kilometres) : whole.format(kilometres)} km`;
    },
    date: (iso) => {
      const when = new Date(iso);
      return Number.isNaN(when.getTime()) ? iso : day.format(when);
    },
    list: (items) => list.format(items),
    coordinates: ([lon, lat]) => `${fiveDecimals.format(lat)}; ${fiveDecimals.format(lon)}`,
  };
}
