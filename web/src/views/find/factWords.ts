/** Price and schedules in words. Pure. */
import type { Schedule, SupportProperties } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';

/** What is unknown is never told as free. */
export function moneyOf({ price, price_amount }: Pick<SupportProperties, 'price' | 'price_amount'>, words: Messages, formats: Formats): string {
  if (price === 'unknown' && !price_amount) return words.find.priceUnknown;
  const amount = price_amount ? formats.money(price_amount.amount, price_amount.currency) : null;
  if (!amount || price === 'free') return words.price[price];
  return price === 'unknown' ? amount : words.find.priceAmount(words.price[price], amount);
}

const DAY = /^(-?\d)?(MO|TU|WE|TH|FR|SA|SU)$/;

/** `Every 2 weeks: Tuesday, 17:00–19:00`. */
export function schedulesInWords(schedules: readonly Schedule[], words: Messages['find'], formats: Formats): string[] {
  return schedules.map(({ freq, interval, byday, bymonthday, opens_at, closes_at, description, dtstart, until }) => {
    const often = freq === 'MONTHLY' ? words.everyMonths(interval ?? 1, formats.number(interval ?? 1)) : words.everyWeeks(interval ?? 1, formats.number(interval ?? 1));
    const days = (byday ?? []).map((text) => {
      const [, nth, day] = DAY.exec(text) ?? [];
      if (!day) return text;
      const name = words.days[`${day[0]}${day[1]?.toLowerCase()}` as keyof Messages['find']['days']];
      return nth ? words.nthDay(Number(nth), name) : name;
    });
    const dates = (bymonthday ?? []).map((day) => (day < 0 ? words.lastOfMonth : words.dayOfMonth(String(day))));
    const times = opens_at ? [opens_at.slice(0, 5), closes_at?.slice(0, 5)].filter(Boolean).join('–') : null;
    const range = [dtstart && words.fromDate(formats.date(dtstart)), until && words.untilDate(formats.date(until))].filter(Boolean).join(', ');
    return [[often, [...days, ...dates].join(', ')].filter(Boolean).join(': '), times, range, description].filter(Boolean).join(', ');
  });
}
