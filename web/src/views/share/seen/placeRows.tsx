import type { ComponentChildren } from 'preact';
import type { Feature } from 'geojson';
import type { FeelingChoice, PlaceProperties, StoryProperties } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { seenWords } from '../../../i18n/seen';
import { middleOf, positionsOf } from '../../../lib/geometry';
import { wordOf } from '../add/words';
import { FeelingWords } from '../FeelingWords';
import { givenAnswers } from './givenAnswers';

/** A thing that others are given: by which names in the answer, in words, and what it says. */
export interface SeenRow {
  keys: string[];
  term: string;
  /** Null where nothing is said. */
  said: ComponentChildren;
}

type Given = Partial<PlaceProperties & StoryProperties & { published_at: string; answer_versions: Record<string, string> }>;

const listed = (items: readonly string[] | undefined): string | null => (items && items.length > 0 ? formats.value.list(items) : null);

function supportSaid(support: Given['support']): ComponentChildren {
  const words = mine.words.support;
  const ways = (['received', 'given'] as const).filter((way) => (support?.[way]?.length ?? 0) > 0);
  if (ways.length === 0) return null;
  return ways.map((way) => `${words[way]}: ${formats.value.list((support?.[way] ?? []).map((type) => words[type].title.toLowerCase()))}`).join('. ');
}

function rhythmSaid(rhythm: Given['rhythm']): string | null {
  const often: Record<string, string> = mine.words.often;
  const parts: Record<string, string> = mine.words.part;
  const said = [rhythm?.often ? (often[rhythm.often] ?? rhythm.often) : null, listed((rhythm?.parts ?? []).map((part) => parts[part] ?? part))];
  return said.filter(Boolean).join('. ') || null;
}

function answersSaid({ answers, answer_versions: versions }: Given): ComponentChildren {
  const given = givenAnswers(openCommunity(), answers ?? {}, versions);
  if (given.length === 0) return null;
  return <ul class="plain-list">{given.map(({ id, question, said }) => <li key={id}>{question} {said}</li>)}</ul>;
}

function positionSaid(feature: Feature): ComponentChildren {
  const positions = positionsOf(feature.geometry);
  const [lon = 0, lat = 0] = positions[0] ?? [];
  if (positions.length < 2) return formats.value.coordinates(middleOf(feature.geometry));
  return `${seenWords.words.corners(formats.value.number(positions.length))} ${formats.value.coordinates([lon, lat])}`;
}

/** Whether the server has the place already, and whether it is shown as it would be saved now. */
export interface Looked {
  known: boolean;
  draft: boolean;
}

/** Everything of a feature that somebody is given, name by name: nothing that the answer holds is left out. */
export function placeRows(feature: Feature, { known: isKnown, draft }: Looked): SeenRow[] {
  const words = seenWords.words;
  const { keys } = words;
  const given = (feature.properties ?? {}) as Given;
  const chime: Record<string, { title: string }> = mine.words.chime;
  const moment = (iso: string | undefined, later: boolean) => (iso && !later ? formats.value.dateTime(iso) : words.nowSaved);
  const flag = (title: string, on: boolean | undefined) => `${title}: ${on ? words.yes : words.no}`;
  const feelings = given.feelings as readonly FeelingChoice[] | undefined;
  const versions = Object.values(given.answer_versions ?? {});
  const known: Record<string, SeenRow> = {
    name: { keys: ['name'], term: keys.name, said: given.name },
    being: { keys: ['being', 'doing'], term: keys.kind, said: <>{flag(words.being, given.being)}. {flag(words.doing, given.doing)}.</> },
    story: { keys: ['story'], term: keys.story, said: given.story && <span class="story">{given.story}</span> },
    photo_not_taken: { keys: ['photo_not_taken'], term: keys.photo_not_taken, said: given.photo_not_taken },
    feelings: { keys: ['feelings'], term: keys.feelings, said: feelings && feelings.length > 0 ? <FeelingWords feelings={feelings} /> : null },
    chime: { keys: ['chime'], term: keys.chime, said: listed(given.chime?.map((one) => chime[one]?.title ?? one)) },
    activities: { keys: ['activities'], term: keys.activities, said: listed(given.activities?.map((one) => wordOf('activity', one))) },
    company: { keys: ['company'], term: keys.company, said: listed(given.company?.map((one) => wordOf('companion', one))) },
    support: { keys: ['support'], term: keys.support, said: supportSaid(given.support) },
    barriers: { keys: ['barriers'], term: keys.barriers, said: listed(given.barriers?.map((one) => wordOf('barrier', one))) },
    rhythm: { keys: ['rhythm'], term: keys.rhythm, said: rhythmSaid(given.rhythm) },
    since: { keys: ['since'], term: keys.since, said: given.since },
    answers: { keys: ['answers'], term: keys.answers, said: answersSaid(given) },
    answer_versions: { keys: ['answer_versions'], term: keys.answer_versions, said: listed([...new Set(versions)]) },
    precision: { keys: ['precision'], term: keys.precision, said: given.precision && messages.value.add.precision[given.precision].title },
    created_at: { keys: ['created_at'], term: keys.created_at, said: moment(given.created_at, draft && !isKnown) },
    updated_at: { keys: ['updated_at'], term: keys.updated_at, said: moment(given.updated_at, draft) },
    published_at: { keys: ['published_at'], term: keys.published_at, said: given.published_at && formats.value.dateTime(given.published_at) },
  };
  const covered = new Set(['doing', 'photos']);
  const rows: SeenRow[] = [{ keys: ['geometry'], term: keys.geometry, said: positionSaid(feature) }];
  for (const name of Object.keys(given)) {
    const row = known[name];
    if (row) rows.push(row);
    // A server that is newer than this page gives what the page has no word for: better raw than untold.
    else if (!covered.has(name)) rows.push({ keys: [name], term: words.other(name), said: JSON.stringify((given as Record<string, unknown>)[name]) });
  }
  if (feature.id !== undefined) rows.push({ keys: ['id'], term: keys.id, said: isKnown ? <code>{feature.id}</code> : words.newId });
  rows.push({ keys: ['type'], term: keys.type, said: words.typeSaid });
  return rows;
}
