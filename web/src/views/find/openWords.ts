/** Whether it is open, in words. What nobody knows is never shown as open. Pure. */
import type { SupportProperties } from '../../api/types';
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';
import { localTime } from '../../lib/zone';

export interface OpenWords {
  state: 'open' | 'closed' | 'unknown';
  text: string;
}

/** More than this far ahead a date is of more use than a day of the week. */
const A_WEEK_MS = 6 * 24 * 3600 * 1000;

export function openWords(
  { open, next_change, status, closing_on }: Pick<SupportProperties, 'open' | 'next_change' | 'status' | 'closing_on'>,
  zone: string | null | undefined, now: Date, words: Messages['find'], formats: Formats,
): OpenWords {
  if (status === 'closed') return { state: 'closed', text: closing_on ? words.closedSince(formats.date(closing_on)) : words.statuses.closed };
  if (status === 'temporarily_closed') return { state: 'closed', text: words.statuses.temporarily_closed };
  if (open == null) return { state: 'unknown', text: words.askFirst };
  const when = next_change && zone ? whenWords(next_change, zone, now, words, formats) : null;
  if (open) return { state: 'open', text: when ? words.openUntil(when) : words.openNow };
  return { state: 'closed', text: when ? words.opens(when) : words.closedNow };
}

/** `18:00` today, `tomorrow 10:00`, `Thursday 10:00`, or a date. */
function whenWords(instant: string, zone: string, now: Date, words: Messages['find'], formats: Formats): string {
  const then = new Date(instant);
  const [day = '', time = ''] = localTime(then, zone).split('T');
  const today = localTime(now, zone).slice(0, 10);
  if (day === today) return time;
  const daysOn = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (daysOn === 1) return words.tomorrow(time);
  if (daysOn > 0 && then.getTime() - now.getTime() < A_WEEK_MS) return `${formats.weekday(day)} ${time}`;
  return `${formats.date(day)}, ${time}`;
}
