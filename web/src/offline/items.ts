/** What waits on this device to be sent, and how it follows from what is known already. Pure. */
import type { Feature, Geometry } from 'geojson';
import type { Place, PlaceInput } from '../api/types';

export type Kind = 'add' | 'change' | 'delete' | 'retract' | 'photo' | 'diary';

export interface Waiting {
  /** Also the idempotency key: sent twice, kept once. */
  id: string;
  /** In the order in which things were done. */
  order: number;
  community: string;
  participant: string;
  kind: Kind;
  /** The id of the place, or `new:` and the id of the item that adds it. */
  place: string;
  /** What it is called, for the person. */
  label: string;
  at: string;
  body: PlaceBody | Record<string, unknown> | null;
  /** The version that was read, for changes; null asks for the newest. */
  etag: string | null;
  /** A photo's own media type; its bytes are kept beside. */
  media: string | null;
  /** Not before this moment: the time in which a deletion can be undone. */
  notBefore: number;
  /** It may have reached the server, for all that this device knows. */
  attempted: boolean;
  /** The server's no, in words; nothing more is tried until the person decides. */
  refused: { kind: string; detail: string; field: string | null } | null;
}

export interface PlaceBody {
  type: 'Feature';
  geometry: Geometry;
  properties: PlaceInput;
}

export const NEW = 'new:';
export const placeOfNew = (id: string): string => `${NEW}${id}`;
export const isNew = (place: string): boolean => place.startsWith(NEW);

const isPlaceBody = (body: Waiting['body']): body is PlaceBody => body !== null && 'geometry' in body;

const round = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.round(value * 1e6) / 1e6;
  return Array.isArray(value) ? value.map(round) : value;
};

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** Whether the server holds what this device wanted to send: the answer to a request may have been lost on its way. */
export function sameContent(sent: PlaceBody, held: Feature<Geometry, PlaceInput>): boolean {
  const of = ({ geometry, properties: p }: Feature<Geometry, PlaceInput>) => JSON.stringify([
    geometry.type, round('coordinates' in geometry ? geometry.coordinates : []), orNull(p.name), p.being, p.doing, orNull(p.story), p.precision, p.home, p.share,
    [...p.feelings].map(({ feeling, strength }) => `${feeling} ${strength}`).sort(), [...(p.activities ?? [])].sort(), [...(p.barriers ?? [])].sort(), orNull(p.since),
  ], (_key, value: unknown) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).sort(([a], [b]) => a.localeCompare(b)) : value));
  return of(sent) === of(held);
}

export type Shown = Place & { waiting?: Waiting };

/** The places as the person left them: what the server knows, with everything that waits. */
export function withWaiting(places: readonly Place[], waiting: readonly Waiting[]): Shown[] {
  let shown: Shown[] = [...places];
  for (const item of [...waiting].sort((a, b) => a.order - b.order)) {
    const { body, kind, place } = item;
    if (kind === 'delete') shown = shown.filter(({ id }) => id !== place);
    if (kind === 'change' && isPlaceBody(body)) {
      shown = shown.map((one) => (one.id === place ? { ...one, geometry: body.geometry, properties: { ...one.properties, ...body.properties }, waiting: item } : one));
    }
    if (kind === 'add' && isPlaceBody(body)) {
      const properties = { photos: [], diary: [], ...body.properties, created_at: item.at, updated_at: item.at };
      shown = [{ type: 'Feature', id: placeOfNew(item.id), geometry: body.geometry, properties, waiting: item }, ...shown.filter(({ id }) => id !== placeOfNew(item.id))];
    }
  }
  return shown;
}
