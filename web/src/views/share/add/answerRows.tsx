import type { ComponentChildren } from 'preact';
import { offers, openCommunity } from '../../../app/community';
import { ShapeMark } from '../../../components/ShapeMark';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { lengthMetres } from '../../../lib/geometry';
import { FeelingWords } from '../FeelingWords';
import { PURPOSES } from '../purposes';
import { isKept, isPlaced, type Draft } from './draft';
import { asked } from './questions';
import { questionStep, type Step } from './steps';
import { wordOf } from './words';

export interface AnswerRow {
  step: Step;
  term: string;
  answer: ComponentChildren;
  /** Nothing was said. */
  empty?: boolean;
}

function where(current: Draft): ComponentChildren {
  const words = messages.value.add;
  const { place } = mine.words;
  const { corners, near, shape } = current;
  const [first] = corners;
  if (isKept(current)) return words.kept;
  if (!first || !isPlaced(current)) return words.whereMissing;
  if (shape === 'pin') return near ? words.chosenNear(near) : formats.value.coordinates(first);
  const count = place.corners(corners.length, formats.value.number(corners.length));
  return `${place.shapes[shape]}: ${count}${shape === 'walk' ? `, ${formats.value.distance(lengthMetres(corners))}` : ''}`;
}

/** The answers to the community's own questions. */
const own = (current: Draft): AnswerRow[] =>
  asked(openCommunity().questions?.items ?? [], current.answers).map(({ id, text, options }, at) => {
    const answer = current.answers[id] ?? [];
    const given = (Array.isArray(answer) ? answer : [String(answer)]).map((one) => inLanguage(options?.find((option) => option.id === one)?.text, one));
    return said(questionStep(at), inLanguage(text, id), formats.value.list(given));
  });

function said(step: Step, term: string, answer: ComponentChildren): AnswerRow {
  return answer ? { step, term, answer } : { step, term, answer: <span class="muted">{mine.words.place.notSaid}</span>, empty: true };
}

/** Everything that was said of a place, in the order of the questions. */
export function answerRows(current: Draft): AnswerRow[] {
  const words = messages.value;
  const { place, chime, support, often, part } = mine.words;
  const { list } = formats.value;
  const { being, doing, share } = current;
  const oftenWords: Record<string, string> = often;
  const partWords: Record<string, string> = part;
  const chimeWords: Record<string, { title: string }> = chime;
  const precision = words.add.precision[current.precision];
  const supported = (way: keyof Draft['support']) => list(current.support[way].map((type) => support[type].title));
  const story = (text: string) => text.trim() && <p class="story">{text}</p>;
  return [
    { step: 'where', term: words.add.checkWhere, answer: where(current) },
    { step: 'kind', term: words.add.checkKind, answer: (being || doing) && <><ShapeMark being={being} doing={doing} size={22} /> {words.shape[being && doing ? 'both' : being ? 'being' : 'doing']}</> },
    said('feelings', words.add.checkFeelings, current.feelings.length > 0 && <FeelingWords feelings={current.feelings} />),
    said('meaning', place.checkMeaning, current.chime.length > 0 && (
      <ul class="plain-list">{current.chime.map((process) => <li key={process}>{chimeWords[process]?.title ?? process}</li>)}</ul>
    )),
    said('activities', place.checkActivities, list(current.activities.map((word) => wordOf('activity', word)))),
    said('company', place.checkCompany, list(current.company.map((word) => wordOf('companion', word)))),
    said('received', place.supportWays.received.check, supported('received')),
    said('given', place.supportWays.given.check, supported('given')),
    said('barriers', place.checkBarriers, list(current.barriers.map((word) => wordOf('barrier', word)))),
    said('often', place.checkOften, current.often && (oftenWords[current.often] ?? current.often)),
    said('parts', place.checkParts, list(current.parts.map((one) => partWords[one] ?? one))),
    said('since', place.checkSince, current.since),
    said('name', words.add.checkName, current.name.trim() && <strong>{current.name}</strong>),
    said('story', words.add.checkStory, story(current.story)),
    ...(offers('photos') ? [said('untaken', place.notTaken, story(current.photoNotTaken))] : []),
    ...own(current),
    { step: 'home', term: words.add.homeTitle, answer: words.add.homeIs[current.home ? 'yes' : 'no'] },
    { step: 'precision', term: words.add.checkPrecision, answer: <>{precision.title}. {precision.hint}</> },
    { step: 'share', term: words.add.checkShare, answer: PURPOSES.some((purpose) => share[purpose])
      ? <ul class="plain-list">{PURPOSES.filter((purpose) => share[purpose]).map((purpose) => <li key={purpose}>{words.purpose[purpose].title}: {words.purpose[purpose].who}</li>)}</ul>
      : words.add.onlyMe },
  ];
}
