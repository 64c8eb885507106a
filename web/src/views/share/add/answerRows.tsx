import type { ComponentChildren } from 'preact';
import { openCommunity } from '../../../app/community';
import { ShapeMark } from '../../../components/ShapeMark';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { lengthMetres } from '../../../lib/geometry';
import { FeelingWords } from '../FeelingWords';
import { PURPOSES } from '../purposes';
import { isKept, isPlaced, type Draft, type Step } from './draft';
import { asked } from './questions';
import { wordOf } from './words';

export interface AnswerRow {
  step: Step;
  term: string;
  answer: ComponentChildren;
  /** Nothing was said; such rows stand together at the end. */
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
function own(current: Draft): AnswerRow[] {
  const items = openCommunity().questions?.items ?? [];
  if (items.length === 0) return [];
  const answered = asked(items, current.answers).flatMap(({ id, text, options }) => {
    const answer = current.answers[id];
    if (answer === undefined) return [];
    const given = (Array.isArray(answer) ? answer : [String(answer)]).map((one) => inLanguage(options?.find((option) => option.id === one)?.text, one));
    return [{ id, question: inLanguage(text, id), given: formats.value.list(given) }];
  });
  const term = mine.words.place.checkQuestions;
  if (answered.length === 0) return [{ step: 'questions', term, answer: <span class="muted">{mine.words.place.notSaid}</span>, empty: true }];
  return [{ step: 'questions', term, answer: <ul class="plain-list">{answered.map(({ id, question, given }) => <li key={id}>{question} {given}</li>)}</ul> }];
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
  const rhythm = [
    current.often && oftenWords[current.often], current.parts.length > 0 && list(current.parts.map((one) => partWords[one] ?? one)),
    current.since && place.sinceSaid(current.since),
  ].filter(Boolean).join('. ');
  const ways = (['received', 'given'] as const).filter((way) => current.support[way].length > 0);
  const said = (step: Step, term: string, answer: ComponentChildren, none = place.notSaid): AnswerRow =>
    answer ? { step, term, answer } : { step, term, answer: <span class="muted">{none}</span>, empty: true };
  return [
    { step: 'where', term: words.add.checkWhere, answer: where(current) },
    { step: 'kind', term: words.add.checkKind, answer: (being || doing) && <><ShapeMark being={being} doing={doing} size={22} /> {words.shape[being && doing ? 'both' : being ? 'being' : 'doing']}</> },
    said('feelings', words.add.checkFeelings, current.feelings.length > 0 && <FeelingWords feelings={current.feelings} />, words.add.noFeelings),
    said('meaning', place.checkMeaning, current.chime.length > 0 && (
      <ul class="plain-list">{current.chime.map((process) => <li key={process}>{chimeWords[process]?.title ?? process}</li>)}</ul>
    )),
    said('activities', place.checkActivities, list(current.activities.map((word) => wordOf('activity', word)))),
    said('company', place.checkCompany, list(current.company.map((word) => wordOf('companion', word)))),
    said('support', place.checkSupport, ways.length > 0 && (
      <ul class="plain-list">{ways.map((way) => <li key={way}>{support[way]}: {list(current.support[way].map((type) => support[type].title.toLowerCase()))}</li>)}</ul>
    )),
    said('barriers', place.checkBarriers, list(current.barriers.map((word) => wordOf('barrier', word)))),
    said('rhythm', place.checkRhythm, rhythm),
    said('story', words.add.checkStory, (current.name || current.story || current.photoNotTaken) && <>{current.name && <strong>{current.name}</strong>}{current.story && <p class="story">{current.story}</p>}{current.photoNotTaken && <p class="story"><span class="muted">{place.notTaken}:</span> {current.photoNotTaken}</p>}</>, words.add.noStory),
    ...own(current),
    { step: 'precision', term: words.add.checkPrecision, answer: <>{precision.title}. {precision.hint}{current.home && ` ${words.add.home}.`}</> },
    { step: 'share', term: words.add.checkShare, answer: PURPOSES.some((purpose) => share[purpose])
      ? <ul class="plain-list">{PURPOSES.filter((purpose) => share[purpose]).map((purpose) => <li key={purpose}>{words.purpose[purpose].title}: {words.purpose[purpose].who}</li>)}</ul>
      : words.add.onlyMe },
  ];
}
