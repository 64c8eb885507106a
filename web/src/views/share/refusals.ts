/** The server's no in the reader's own language: what it is about, and what to do. Its own English detail is for developers. */
import { formats, messages } from '../../i18n';
import { kept } from '../../i18n/kept';
import { mine } from '../../i18n/mine';
import type { Waiting } from '../../offline/items';
import { limit } from './limits';

type Refusal = NonNullable<Waiting['refused']>;

/** The part of a path such as `properties.feelings[0].strength` that the person knows as a question. */
export const subjectOf = (field: string | null): string => (field ?? '').replace(/^properties\./, '').split(/[.[]/)[0] ?? '';

export function refusalWords(about: Waiting['kind'], { kind, field }: Refusal): string {
  const words = kept.words.refused;
  switch (kind) {
    case 'limit-reached': return full(about);
    case 'too-large': return about === 'photo' ? mine.words.photos.refused['too-large'] : words.large;
    case 'not-found':
    case 'gone':
    case 'conflict': return words.gone;
    case 'stale': return mine.words.outbox.stale;
    case 'unreadable': return mine.words.place.questionNumber;
    default: return ofField(about, subjectOf(field));
  }
}

function full(about: Waiting['kind']): string {
  const words = kept.words.refused;
  const { number } = formats.value;
  if (about.startsWith('photo')) return words.photos(number(limit('photos') ?? 0));
  if (about.startsWith('diary')) return words.diary(number(limit('diary_entries') ?? 0));
  return words.places(number(limit('places') ?? 0));
}

function ofField(about: Waiting['kind'], subject: string): string {
  const words = kept.words.refused;
  const long = (of: Parameters<typeof limit>[0]): string => words.long(formats.value.number(limit(of) ?? 0));
  switch (subject) {
    case 'geometry': return words.where;
    case 'being':
    case 'doing': return messages.value.add.kindMissing;
    case 'feelings': return words.feelings;
    case 'activities':
    case 'company':
    case 'barriers': return words.ownWord;
    case 'chime':
    case 'support':
    case 'rhythm':
    case 'precision':
    case 'home': return words.answer;
    case 'since': return mine.words.place.sinceBad;
    case 'answers': return words.answers;
    case 'share': return messages.value.add.shareNotAgreed;
    case 'name':
    case 'story':
    case 'photo_not_taken':
    case 'caption':
    case 'alt': return long(subject);
    case 'showed': return long('prompt');
    case 'text': return long('diary');
    case 'date': return mine.words.diary.dateMissing;
    case 'photo': return mine.words.photos.refused['not-a-photo'];
    default: return about === 'photo' && subject !== '' ? mine.words.photos.refused['not-a-photo'] : words.other;
  }
}
