/** The value of a field of a support in words. Pure. */
import type { Community, LonLat, Schedule, SupportProperties } from '../../api/types';
import { inLanguage } from '../../i18n';
import type { DirectoryMessages } from '../../i18n/directory/en';
import type { Messages } from '../../i18n/en';
import type { Formats } from '../../i18n/formats';
import { moneyOf, schedulesInWords } from '../find/factWords';

export interface Speaking {
  words: Messages;
  own: DirectoryMessages;
  formats: Formats;
  vocabulary: Community['vocabulary'];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
const wordIn = (words: object, value: unknown): string => (isText(value) ? ((words as Record<string, string | undefined>)[value] ?? value) : String(value));

export function valueInWords(field: string, value: unknown, { words, own, formats, vocabulary }: Speaking): string {
  if (value == null) return own.nothing;
  switch (field) {
    case 'category': return isText(value) ? inLanguage(vocabulary.categories.find(({ id }) => id === value)?.labels ?? vocabulary.forms.find(({ id }) => id === value)?.labels, value.replaceAll('_', ' ')) : '';
    case 'form': return isText(value) ? inLanguage(vocabulary.forms.find(({ id }) => id === value)?.labels, value.replaceAll('_', ' ')) : '';
    case 'support_types': return formats.list(texts(value).map((type) => wordIn(words.supportType, type)));
    case 'closeness': return texts(value).map((feature) => wordIn(words.find.closenessFeatures, feature)).join(' ');
    case 'languages': return formats.list(texts(value).map(formats.languageName));
    case 'channel': return wordIn(words.find.channels, value);
    case 'referral': return wordIn(own.referral, value);
    case 'price': return wordIn(own.price, value);
    case 'status': return wordIn(words.find.statuses, value);
    case 'wheelchair': return wordIn(own.wheelchair, value);
    case 'closing_on': case 'last_checked': case 'missing_since': return formats.date(String(value));
    case 'price_amount': return moneyOf({ price: 'unknown', price_amount: value as SupportProperties['price_amount'] & object }, words, formats);
    case 'location': return Array.isArray(value) ? formats.coordinates(value as LonLat) : own.nothing;
    case 'schedules': return Array.isArray(value) ? schedulesInWords(value as Schedule[], words.find, formats).join('; ') : '';
    case 'terms': return Array.isArray(value) ? value.map((term: { name?: string }) => term.name ?? '').join(', ') : '';
    default:
      if (typeof value === 'boolean') return value ? own.answer.yes : own.answer.no;
      return isText(value) ? value : JSON.stringify(value);
  }
}
