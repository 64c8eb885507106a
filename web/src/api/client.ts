/** The one place that talks to the server: typed calls, problems as exceptions, cookies for who you are. */
import type {
  Community, CommunitySummary, Hotspots, Joined, Me, Neighbourhoods, Place, PlaceInput, PlacePage,
  Purposes, Release, SupportPage, SupportQuery, Units, Withdrawal,
} from './types';
import type { Geometry } from 'geojson';

/** The server answered, and the answer is no. `field` says which input it is about. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly kind: string,
    readonly detail: string,
    readonly field: string | null,
  ) {
    super(detail);
  }
}

/** No answer came: no network, or the server is away. */
export class Unreachable extends Error {}

interface Answer<T> {
  body: T;
  etag: string | null;
}

async function send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, keepalive = false): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      keepalive,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  // A 204 has no body; the callers of such operations ask for nothing.
  const parsed = (response.status === 204 ? undefined : await response.json()) as T;
  return { body: parsed, etag: response.headers.get('ETag') };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as { type?: string; detail?: string; title?: string; field?: string };
    const kind = told.type?.split(':').at(-1) ?? 'internal';
    return new Problem(response.status, kind, told.detail ?? told.title ?? '', told.field ?? null);
  } catch {
    return new Problem(response.status, 'internal', '', null);
  }
}

const body = async <T>(answer: Promise<Answer<T>>): Promise<T> => (await answer).body;
const at = (community: string, rest = ''): string => `/api/communities/${encodeURIComponent(community)}${rest}`;
const placeAt = (community: string, id: string): string => at(community, `/places/${encodeURIComponent(id)}`);

export interface PlaceRequest {
  type: 'Feature';
  geometry: Geometry;
  properties: PlaceInput;
}

export const api = {
  communities: () => body(send<{ communities: CommunitySummary[] }>('GET', '/api/communities')),
  community: (c: string) => body(send<Community>('GET', at(c))),

  join: (c: string, language: string, consent: Purposes & { version: string }) =>
    body(send<Joined>('POST', at(c, '/participants'), { language, consent })),
  comeBack: (c: string, return_code: string) => body(send<{ participant: string }>('POST', at(c, '/participants/return'), { return_code })),
  signOut: () => body(send<void>('DELETE', '/api/session')),
  me: (c: string) => body(send<Me>('GET', at(c, '/me'))),
  setConsent: (c: string, consent: Purposes & { version: string }) => body(send<Me>('PUT', at(c, '/me/consent'), consent)),
  withdraw: (c: string) => body(send<Withdrawal>('DELETE', at(c, '/me'))),

  /** Every place of the owner; 500 a participant is the most there can be. */
  places: (c: string) => body(send<PlacePage>('GET', at(c, '/places?limit=500'))),
  place: (c: string, id: string) => send<Place>('GET', placeAt(c, id)),
  addPlace: (c: string, place: PlaceRequest, key: string) => body(send<Place>('POST', at(c, '/places'), place, { 'Idempotency-Key': key })),
  changePlace: (c: string, id: string, place: PlaceRequest, etag: string) =>
    body(send<Place>('PUT', placeAt(c, id), place, { 'If-Match': etag })),
  /** `keepalive` lets a deletion finish while the page is closing. */
  deletePlace: (c: string, id: string, etag: string, keepalive = false) =>
    body(send<void>('DELETE', placeAt(c, id), undefined, { 'If-Match': etag }, keepalive)),

  /** A person's own location may be the origin, so the question always travels in the body. */
  supports: (c: string, query: SupportQuery) => body(send<SupportPage>('POST', at(c, '/supports/search'), query)),
  neighbourhoods: (c: string) => body(send<Neighbourhoods>('GET', at(c, '/neighbourhoods'))),

  releases: (c: string) => body(send<{ releases: Release[] }>('GET', at(c, '/releases'))),
  release: (c: string, id: string) => body(send<Release>('GET', at(c, `/releases/${encodeURIComponent(id)}`))),
  hotspots: (c: string, release: string, measure: string, units: Units) =>
    body(send<Hotspots>('GET', at(c, `/releases/${encodeURIComponent(release)}/hotspots?measure=${encodeURIComponent(measure)}&units=${units}&stat=gi-star`))),
};
