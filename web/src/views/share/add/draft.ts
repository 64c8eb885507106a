/** The place that is being written. It lives in this page's memory only: nothing is stored before "Save this place". */
import { signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import type { PlaceRequest } from '../../../api/client';
import type { FeelingChoice, LonLat, Place, PlaceInput, Precision, Purposes } from '../../../api/types';
import { middleOf } from '../../../lib/geometry';
import { isFiner, snap } from '../../../lib/grid';

export const STEPS = ['where', 'kind', 'feelings', 'precision', 'share', 'story', 'check'] as const;
export type Step = (typeof STEPS)[number];

export interface Draft {
  /** Set when a saved place is being changed. */
  saved: { id: string; etag: string; place: Place; home: boolean } | null;
  /** The key that makes pressing "Save" twice save once. */
  key: string;
  point: LonLat | null;
  /** What the point was chosen by, in words. */
  near: string | null;
  /** How exactly the point is known: saved places were made less exact and stay so. */
  knownTo: Precision;
  being: boolean;
  doing: boolean;
  feelings: FeelingChoice[];
  home: boolean;
  precision: Precision;
  share: Purposes;
  name: string;
  story: string;
  /** The answers were all seen once: every further change leads back to them. */
  checked: boolean;
}

export const draft = signal<Draft | null>(null);

export const NOTHING_SHARED: Purposes = { research: false, published_maps: false, public_story: false };

/** 128 random bits; `randomUUID` is missing where the page is not served over https. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export function emptyDraft(): Draft {
  return {
    saved: null, key: newKey(), point: null, near: null, knownTo: 'exact',
    being: false, doing: false, feelings: [], home: false, precision: 'block',
    share: NOTHING_SHARED, name: '', story: '', checked: false,
  };
}

export function draftOf(place: Place, etag: string): Draft {
  const { being, doing, feelings, home, precision, share, name, story } = place.properties;
  return {
    saved: { id: place.id, etag, place, home },
    key: newKey(), point: middleOf(place.geometry), near: null, knownTo: precision,
    being, doing, feelings, home, precision, share, name: name ?? '', story: story ?? '', checked: true,
  };
}

export function change(part: Partial<Draft>): void {
  if (draft.value) draft.value = { ...draft.value, ...part };
}

/** Home-like places default to the coarsest precision; the person may still choose another. */
export function withHome(current: Draft, home: boolean): Partial<Draft> {
  return home && isFiner(current.precision, 'area') ? { home, precision: 'area' } : { home };
}

export function withPoint(point: LonLat, near: string | null): Partial<Draft> {
  return { point, near, knownTo: 'exact' };
}

export const tooFine = ({ precision, knownTo }: Draft): boolean => isFiner(precision, knownTo);

/** None, then a little, quite, very. */
export function withFeeling(feelings: readonly FeelingChoice[], feeling: string, strength: FeelingChoice['strength'] | null): FeelingChoice[] {
  const others = feelings.filter((one) => one.feeling !== feeling);
  if (strength === null) return others;
  const at = feelings.findIndex((one) => one.feeling === feeling);
  return at < 0 ? [...others, { feeling, strength }] : feelings.map((one) => (one.feeling === feeling ? { feeling, strength } : one));
}

/** What is sent: the geometry already snapped on this device, the answers, and what an edit did not touch. */
export async function requestOf(current: Draft): Promise<PlaceRequest> {
  const { saved, point, being, doing, feelings, home, precision, share } = current;
  if (!point) throw new Error('A place without a point cannot be saved.');
  const moved = !saved || current.near !== null || current.knownTo === 'exact' || precision !== saved.place.properties.precision;
  // Walks and areas that were drawn elsewhere keep their own shape.
  const kept = saved && !(moved && saved.place.geometry.type === 'Point') ? saved.place.geometry : null;
  const geometry: Geometry = kept ?? { type: 'Point', coordinates: await snap(point, precision) };
  const carried: Record<string, unknown> = { ...saved?.place.properties };
  for (const answered of ['created_at', 'updated_at', 'photos', 'diary']) delete carried[answered];
  const properties: PlaceInput = {
    ...carried, being, doing, feelings, home, precision, share,
    name: current.name.trim() || null, story: current.story.trim() || null,
  };
  return { type: 'Feature', geometry, properties };
}

/** Which question an error from the server is about. */
export function stepOfField(field: string | null): Step | null {
  if (!field) return null;
  if (field.startsWith('geometry')) return 'where';
  const property = field.replace(/^properties\./, '').split(/[.[]/)[0];
  switch (property) {
    case 'being':
    case 'doing': return 'kind';
    case 'feelings': return 'feelings';
    case 'precision':
    case 'home': return 'precision';
    case 'share': return 'share';
    case 'name':
    case 'story': return 'story';
    default: return null;
  }
}
