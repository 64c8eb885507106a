/** The place that is being written. It is kept on this device as it is typed (`keptDraft.ts`), and nowhere else before "Save this place". */
import { newKey } from '../../../lib/newKey';
import { signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import type { PlaceRequest } from '../../../api/client';
import type { Answer, FeelingChoice, LonLat, Place, PlaceInput, Precision, Purposes, Question, SupportType } from '../../../api/types';
import { middleOf } from '../../../lib/geometry';
import { isFiner, snapGeometry } from '../../../lib/grid';
import { NOTHING_SHARED } from '../purposes';
import { answersOnly } from './questions';
import { readSince } from './since';

export type Shape = 'pin' | 'walk' | 'area';
/** The fewest corners that make one. */
export const LEAST_CORNERS: Record<Shape, number> = { pin: 1, walk: 2, area: 3 };
/** The server keeps 2,000; nobody taps more. */
export const MAX_CORNERS = 1_999;

export interface Draft {
  /** Set when a saved place is being changed. */
  saved: { id: string; etag: string; place: Place; home: boolean } | null;
  /** The key that makes pressing "Save" twice save once. */
  key: string;
  shape: Shape;
  /** Of a pin: its one position. Of a walk or an area: the corners in their order. */
  corners: LonLat[];
  /** What the pin was chosen by, in words; empty for a bare position, null for one that was saved before. */
  near: string | null;
  /** How exactly it is known: saved places were made less exact and stay so. */
  knownTo: Precision;
  being: boolean;
  doing: boolean;
  feelings: FeelingChoice[];
  chime: string[];
  activities: string[];
  company: string[];
  support: { received: SupportType[]; given: SupportType[] };
  barriers: string[];
  often: string | null;
  parts: string[];
  since: string;
  /** To the community's own questions. */
  answers: Readonly<Record<string, Answer>>;
  home: boolean;
  precision: Precision;
  share: Purposes;
  name: string;
  story: string;
  /** The photo that was not taken, in words. */
  photoNotTaken: string;
  /** The answers were all seen once: every further change leads back to them. */
  checked: boolean;
}

export const draft = signal<Draft | null>(null);

/** What was begun before another place was opened: a new place, or changes to saved ones. */
export const aside = signal<readonly Draft[]>([]);

/** Opens the place of this id, or a new one for null, as it was left; what is open now is put aside if there is anything in it. */
export function takeUp(id: string | null, otherwise: Draft): void {
  const is = (wanted: string | null) => ({ saved }: Draft): boolean => (saved?.id ?? null) === wanted;
  const open = draft.value;
  const left = open && !isUntouched(open) ? [...aside.value.filter((one) => !is(open.saved?.id ?? null)(one)), open] : aside.value;
  draft.value = left.find(is(id)) ?? otherwise;
  aside.value = left.filter((one) => !is(id)(one));
}

export function emptyDraft(): Draft {
  return {
    saved: null, key: newKey(), shape: 'pin', corners: [], near: null, knownTo: 'exact',
    being: false, doing: false, feelings: [], chime: [], activities: [], company: [], support: { received: [], given: [] }, barriers: [],
    often: null, parts: [], since: '', answers: {}, home: false, precision: 'block',
    share: NOTHING_SHARED, name: '', story: '', photoNotTaken: '', checked: false,
  };
}

const pair = ([lon = 0, lat = 0]: number[]): LonLat => [lon, lat];

function drawn(geometry: Geometry): Pick<Draft, 'shape' | 'corners'> {
  switch (geometry.type) {
    case 'LineString': return { shape: 'walk', corners: geometry.coordinates.map(pair) };
    // The first corner stands at the end again; holes are kept by `requestOf` unless the area is drawn anew.
    case 'Polygon': return { shape: 'area', corners: (geometry.coordinates[0] ?? []).slice(0, -1).map(pair) };
    default: return { shape: 'pin', corners: [middleOf(geometry)] };
  }
}

/** Nothing was said or changed yet: there is nothing to lose. */
export function isUntouched(current: Draft): boolean {
  const said = ({ key: _key, checked: _checked, ...rest }: Draft): string => JSON.stringify(rest);
  const { saved } = current;
  return said(current) === said(saved ? draftOf(saved.place, saved.etag) : emptyDraft());
}

export function draftOf(place: Place, etag: string): Draft {
  const { being, doing, feelings, home, precision, share, name, story, chime, activities, company, support, barriers, rhythm, since } = place.properties;
  return {
    ...emptyDraft(), ...drawn(place.geometry),
    saved: { id: place.id, etag, place, home }, near: null, knownTo: precision,
    being, doing, feelings, chime: chime ?? [], activities: activities ?? [], company: company ?? [],
    support: { received: [...(support?.received ?? [])], given: [...(support?.given ?? [])] }, barriers: barriers ?? [],
    often: rhythm?.often ?? null, parts: rhythm?.parts ?? [], since: since ?? '', answers: place.properties.answers ?? {},
    home, precision, share, name: name ?? '', story: story ?? '', photoNotTaken: place.properties.photo_not_taken ?? '', checked: true,
  };
}

export function change(part: Partial<Draft>): void {
  if (draft.value) draft.value = { ...draft.value, ...part };
}

/** Home-like places default to the coarsest precision; the person may still choose another. */
export function withHome(current: Draft, home: boolean): Partial<Draft> {
  return home && isFiner(current.precision, 'area') ? { home, precision: 'area' } : { home };
}

/** What "Skip" leaves: what was there before or is proposed, and never finer than what was chosen. */
export function proposedPrecision({ saved, home, precision }: Draft): Precision {
  const proposed = saved ? saved.place.properties.precision : home ? 'area' : 'block';
  return isFiner(precision, proposed) ? proposed : precision;
}

/** Where people may live, others are told the area to begin with. It is not the person's home for that. */
export const withHomelike = ({ precision }: Draft): Partial<Draft> => (isFiner(precision, 'area') ? { precision: 'area' } : {});

/** Puts the pin, or the next corner. What was saved before gives way as a whole. */
export function withPoint(current: Draft, point: LonLat, near: string | null): Partial<Draft> {
  const kept = current.shape === 'pin' || isKept(current) ? [] : current.corners;
  return { corners: [...kept, point].slice(0, MAX_CORNERS), near, knownTo: 'exact' };
}

/** Still where it was saved. */
export const isKept = ({ saved, near, knownTo }: Draft): boolean => saved !== null && near === null && knownTo !== 'exact';

export const withoutLast = ({ corners }: Draft): Partial<Draft> => ({ corners: corners.slice(0, -1), near: '', knownTo: 'exact' });

export const withShape = (current: Draft, shape: Shape): Partial<Draft> =>
  shape === current.shape ? {} : { shape, corners: shape === 'pin' ? current.corners.slice(0, 1) : current.corners, near: current.near ?? '', knownTo: 'exact' };

export const isPlaced = ({ shape, corners }: Draft): boolean => corners.length >= LEAST_CORNERS[shape];

export const tooFine = ({ precision, knownTo }: Draft): boolean => isFiner(precision, knownTo);

/** None, then a little, quite, very. */
export function withFeeling(feelings: readonly FeelingChoice[], feeling: string, strength: FeelingChoice['strength'] | null): FeelingChoice[] {
  const others = feelings.filter((one) => one.feeling !== feeling);
  if (strength === null) return others;
  const at = feelings.findIndex((one) => one.feeling === feeling);
  return at < 0 ? [...others, { feeling, strength }] : feelings.map((one) => (one.feeling === feeling ? { feeling, strength } : one));
}

/** Takes a word into a list, or out of it. */
export const toggled = <T>(list: readonly T[], word: T): T[] => (list.includes(word) ? list.filter((one) => one !== word) : [...list, word]);

/** As it was drawn, before anything is made less exact. */
export function geometryOf({ shape, corners }: Pick<Draft, 'shape' | 'corners'>): Geometry | null {
  const [first] = corners;
  if (!first || corners.length < LEAST_CORNERS[shape]) return null;
  switch (shape) {
    case 'pin': return { type: 'Point', coordinates: first };
    case 'walk': return { type: 'LineString', coordinates: corners };
    case 'area': return { type: 'Polygon', coordinates: [[...corners, first]] };
  }
}

/** What is sent: the geometry already snapped on this device, the answers that fit the community's questions of today, and what an edit did not touch. */
export async function requestOf(current: Draft, questions: readonly Question[]): Promise<PlaceRequest> {
  const { saved, being, doing, feelings, chime, activities, company, support, barriers, home, precision, share, often, parts } = current;
  const place = geometryOf(current);
  if (!place) throw new Error('A place that is nowhere cannot be saved.');
  // What was saved keeps its own shape, holes and all, while nobody moves it or blurs it further.
  const untouched = saved !== null && isKept(current) && precision === saved.place.properties.precision;
  const geometry = untouched ? saved.place.geometry : await snapGeometry(place, precision);
  const answers = answersOnly(questions, current.answers);
  const carried: Record<string, unknown> = { ...saved?.place.properties };
  for (const answered of ['created_at', 'updated_at', 'photos', 'diary', 'story_review']) delete carried[answered];
  const properties: PlaceInput = {
    ...carried, being, doing, feelings, chime, activities, company, support, barriers, home, precision, share,
    rhythm: often || parts.length > 0 ? { often, parts } : null,
    // What is no date goes as it is: the server says no, and the person sees where.
    since: current.since.trim() === '' ? null : readSince(current.since, new Date()) ?? current.since.trim(),
    ...(Object.keys(answers).length > 0 || saved?.place.properties.answers ? { answers } : {}),
    ...(current.photoNotTaken.trim() || saved?.place.properties.photo_not_taken ? { photo_not_taken: current.photoNotTaken.trim() || null } : {}),
    name: current.name.trim() || null, story: current.story.trim() || null,
  };
  return { type: 'Feature', geometry, properties };
}
