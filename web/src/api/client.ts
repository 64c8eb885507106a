/** The one place that talks to the server: typed calls, problems as exceptions, cookies for who you are. */
import type {
  Access, AccessLogPage, ApiToken, Community, CommunitySummary, DiaryEntry, DiaryWords, Differences, Enrolment, Heat, Hotspots, Invitation, Joined,
  KeptQuery, LonLat, MadeInvitation, Me, Named, Neighbourhoods, Opened, Photo, PhotoWords, Place, PlaceInput, PlacePage, Proximity, ProximityQuery,
  Purposes, Read, Release, Review, Rhythm, SeenAs, Selection, Snapshot, SnapshotNumbers, StaffPerson, StaffSession, StoryDecision, StoryPage, Support,
  SupportBody, SupportChange, SupportPage, SupportQuery, Units, WaitingStory, WhatIf, Withdrawal,
} from './types';
import type { Geometry } from 'geojson';
import { countedBody, countedQuery, type Counted } from './counting';
import type { Language } from '../i18n';

/** The server answered, and the answer is no. `field` says which input it is about, `reason` why where there are several. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly kind: string,
    readonly detail: string,
    readonly field: string | null,
    readonly reason: string | null = null,
  ) {
    super(detail);
  }
}

/** No answer came: no network, or the server is away. */
export class Unreachable extends Error {}

/** Nobody answered who knows: what the device has is as good as it gets. */
export const isAway = (reason: unknown): boolean => reason instanceof Unreachable || (reason instanceof Problem && reason.status >= 500);

interface Answer<T> {
  body: T;
  etag: string | null;
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, keepalive = false): Promise<Response> {
  const bytes = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      keepalive,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': bytes ? body.type : 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function send<T>(...asked: Parameters<typeof ask>): Promise<Answer<T>> {
  const response = await ask(...asked);
  // A 204 has no body; the callers of such operations ask for nothing.
  const parsed = (response.status === 204 ? undefined : await response.json()) as T;
  return { body: parsed, etag: response.headers.get('ETag') };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as { type?: string; detail?: string; title?: string; field?: string; reason?: string };
    const kind = told.type?.split(':').at(-1) ?? 'internal';
    return new Problem(response.status, kind, told.detail ?? told.title ?? '', told.field ?? null, told.reason ?? null);
  } catch {
    return new Problem(response.status, 'internal', '', null);
  }
}

const body = async <T>(answer: Promise<Answer<T>>): Promise<T> => (await answer).body;
const at = (community: string, rest = ''): string => `/api/communities/${encodeURIComponent(community)}${rest}`;
const supportAt = (community: string, id: string, rest = ''): string => at(community, `/supports/${encodeURIComponent(id)}${rest}`);
/** For `If-Match`: the version that was read. */
const versionTag = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });
const photoAt = (community: string, place: string, photo: string): string => `${placeAt(community, place)}/photos/${encodeURIComponent(photo)}`;
const placeAt = (community: string, id: string): string => at(community, `/places/${encodeURIComponent(id)}`);

/** A plan, and how long a walk. */
interface Changes {
  minutes: number;
  close: readonly string[];
  open: readonly Opened[];
}
const planBody = (counted: Counted, { minutes, close, open }: Changes) => ({ ...countedBody(counted), minutes, close, open });

const differenceAt = (community: string, release: string, from: string, measure: string, units: Units): string =>
  at(community, `/releases/${encodeURIComponent(release)}/difference?${new URLSearchParams({ from, measure, units })}`);
/** What is asked of the weekly rhythm, and of access. */
const rhythmAsked = (counted: Counted): URLSearchParams => {
  const asked = countedQuery(counted);
  asked.set('by', 'neighbourhood');
  return asked;
};
const accessAsked = (counted: Counted, minutes: number): URLSearchParams => {
  const asked = countedQuery(counted);
  asked.set('minutes', String(minutes));
  return asked;
};
const snapshotAt = (community: string, snapshot: string, rest = ''): string => at(community, `/snapshots/${encodeURIComponent(snapshot)}${rest}`);

export interface PlaceRequest {
  type: 'Feature';
  geometry: Geometry;
  properties: PlaceInput;
}

export const api = {
  communities: () => body(send<{ communities: CommunitySummary[] }>('GET', '/api/communities')),
  community: (c: string) => body(send<Community>('GET', at(c))),

  /** The key makes it known when it is sent twice, because the first answer was lost. */
  join: (c: string, language: string, consent: Purposes & { version: string }, invitation: string | null, key: string) =>
    body(send<Joined>('POST', at(c, '/participants'), { language, consent, ...(invitation ? { invitation } : {}) }, { 'Idempotency-Key': key })),
  /** The one before stops working. */
  newReturnCode: (c: string) => body(send<{ return_code: string }>('POST', at(c, '/me/return-code'))),
  comeBack: (c: string, return_code: string) => body(send<{ participant: string }>('POST', at(c, '/participants/return'), { return_code })),
  signOut: () => body(send<void>('DELETE', '/api/session')),
  me: (c: string) => body(send<Me>('GET', at(c, '/me'))),
  /** In which language the text was read is part of the agreement. */
  setConsent: (c: string, consent: Purposes & { version: string; language: Language }) => body(send<Me>('PUT', at(c, '/me/consent'), consent)),
  /** Agrees to be part of eight more pictures, with the number that was shown. */
  renew: (c: string, renewal: { version: string; pictures: number }) => body(send<Me>('POST', at(c, '/me/renewal'), renewal)),
  /** Who read the person's places. */
  reads: (c: string) => body(send<{ reads: Read[] }>('GET', at(c, '/me/reads'))),
  withdraw: (c: string) => body(send<Withdrawal>('DELETE', at(c, '/me'))),

  /** Every place of the owner; 500 a participant is the most there can be. */
  places: (c: string) => body(send<PlacePage>('GET', at(c, '/places?limit=500'))),
  place: (c: string, id: string) => send<Place>('GET', placeAt(c, id)),
  addPlace: (c: string, place: PlaceRequest, key: string) => body(send<Place>('POST', at(c, '/places'), place, { 'Idempotency-Key': key })),
  changePlace: (c: string, id: string, place: PlaceRequest, etag: string) =>
    body(send<Place>('PUT', placeAt(c, id), place, { 'If-Match': etag })),
  /** Whatever was made of it in the meantime. Like every deletion it is finished even while the page is closing. */
  deletePlace: (c: string, id: string) => body(send<void>('DELETE', placeAt(c, id), undefined, { 'If-Match': '*' }, true)),

  photos: {
    list: (c: string, place: string) => body(send<{ photos: Photo[] }>('GET', `${placeAt(c, place)}/photos`)),
    /** The picture first; what is said about it follows, so that a lost answer loses no words. */
    add: async (c: string, place: string, bytes: Uint8Array<ArrayBuffer>, media: string, about: Partial<PhotoWords>, key: string) => {
      const photo = await body(send<Photo>('POST', `${placeAt(c, place)}/photos`, new Blob([bytes], { type: media }), { 'Idempotency-Key': key }));
      return Object.keys(about).length > 0 ? body(send<Photo>('PUT', photoAt(c, place, photo.id), about)) : photo;
    },
    change: (c: string, place: string, photo: string, about: PhotoWords) => body(send<Photo>('PUT', photoAt(c, place, photo), about)),
    /** `keepalive` in both: a deletion goes through while the page is closing. */
    remove: (c: string, place: string, photo: string) => body(send<void>('DELETE', photoAt(c, place, photo), undefined, {}, true)),
    address: (c: string, place: string, photo: string, size?: 'thumb') => `${photoAt(c, place, photo)}${size ? `?size=${size}` : ''}`,
  },
  diary: {
    list: (c: string, place: string) => body(send<{ entries: DiaryEntry[] }>('GET', `${placeAt(c, place)}/diary`)),
    add: (c: string, place: string, entry: DiaryWords, key: string) => body(send<DiaryEntry>('POST', `${placeAt(c, place)}/diary`, entry, { 'Idempotency-Key': key })),
    change: (c: string, place: string, id: string, entry: DiaryWords) => body(send<DiaryEntry>('PUT', `${placeAt(c, place)}/diary/${encodeURIComponent(id)}`, entry)),
    remove: (c: string, place: string, id: string) => body(send<void>('DELETE', `${placeAt(c, place)}/diary/${encodeURIComponent(id)}`, undefined, {}, true)),
  },

  /** Streets, features, supports and neighbourhoods by name; marks and slips of the finger do not matter. */
  gazetteer: (c: string, q: string, limit: number) => body(send<{ results: Named[] }>('POST', at(c, '/gazetteer'), { q, limit })),
  nearestNames: (c: string, near: LonLat, limit: number) => body(send<{ results: Named[] }>('POST', at(c, '/gazetteer/near'), { near, limit })),
  /** What others would see of a place that is not saved, or not as it is here. */
  preview: (c: string, place: PlaceRequest, of: string | null) => body(send<Record<'researcher' | 'planner' | 'public', SeenAs>>('POST', at(c, `/places/preview${of ? `?place=${encodeURIComponent(of)}` : ''}`), place)),
  /** What others see: from the server, not imagined here. */
  seenAs: (c: string, place: string, role: 'researcher' | 'planner' | 'public') => body(send<SeenAs>('GET', `${placeAt(c, place)}/as/${role}`)),
  exportAddress: (c: string, language: Language) => at(c, `/me/export?language=${language}`),

  /** Every support with a place; the same for everybody, so that it can be kept for when there is no network. */
  allSupports: (c: string) => body(send<SupportPage>('GET', at(c, '/supports?limit=1000'))),
  /** A person's own location may be the origin, so the question always travels in the body. */
  supports: (c: string, query: SupportQuery) => body(send<SupportPage>('POST', at(c, '/supports/search'), query)),
  support: (c: string, id: string) => body(send<Support>('GET', supportAt(c, id))),
  neighbourhoods: (c: string) => body(send<Neighbourhoods>('GET', at(c, '/neighbourhoods'))),

  releases: (c: string) => body(send<{ releases: Release[] }>('GET', at(c, '/releases'))),
  release: (c: string, id: string) => body(send<Release>('GET', at(c, `/releases/${encodeURIComponent(id)}`))),
  heat: (c: string, release: string, bandwidth: number) => body(send<Heat>('GET', at(c, `/releases/${encodeURIComponent(release)}/heat?bandwidth=${bandwidth}`))),
  /** The whole community's week and that of each neighbourhood. */
  rhythm: (c: string, counted: Counted) => body(send<Rhythm>('GET', at(c, `/rhythm?${rhythmAsked(counted)}`))),
  access: (c: string, counted: Counted, minutes: number) => body(send<Access>('GET', at(c, `/access?${accessAsked(counted, minutes)}`))),
  /** The same and their like as GeoPackage, by address. */
  package: {
    rhythm: (c: string, counted: Counted) => at(c, `/rhythm.gpkg?${rhythmAsked(counted)}`),
    access: (c: string, counted: Counted, minutes: number) => at(c, `/access.gpkg?${accessAsked(counted, minutes)}`),
    hotspots: (c: string, release: string, measure: string, units: Units) =>
      at(c, `/releases/${encodeURIComponent(release)}/hotspots.gpkg?${new URLSearchParams({ measure, units })}`),
    heat: (c: string, release: string, bandwidth: number) => at(c, `/releases/${encodeURIComponent(release)}/heat.gpkg?bandwidth=${bandwidth}`),
    difference: (c: string, release: string, from: string, measure: string, units: Units) =>
      at(c, `/releases/${encodeURIComponent(release)}/difference.gpkg?${new URLSearchParams({ from, measure, units })}`),
  },
  whatIf: (c: string, counted: Counted, changes: Changes) => body(send<WhatIf>('POST', at(c, '/what-if'), planBody(counted, changes))),
  /** The same as a GeoPackage: a plan is kept nowhere, so that no address leads to it. */
  whatIfPackage: async (c: string, counted: Counted, changes: Changes): Promise<Blob> =>
    (await ask('POST', at(c, '/what-if.gpkg'), planBody(counted, changes), { Accept: 'application/geopackage+sqlite3, application/problem+json' })).blob(),
  hotspots: (c: string, release: string, measure: string, units: Units) =>
    body(send<Hotspots>('GET', at(c, `/releases/${encodeURIComponent(release)}/hotspots?measure=${encodeURIComponent(measure)}&units=${units}`))),
  hotspotsAddress: (c: string, release: string, measure: string, units: Units) =>
    at(c, `/releases/${encodeURIComponent(release)}/hotspots?measure=${encodeURIComponent(measure)}&units=${units}`),
  difference: (c: string, release: string, from: string, measure: string, units: Units) => body(send<Differences>('GET', differenceAt(c, release, from, measure, units))),
  differenceAddress: (c: string, release: string, from: string, measure: string, units: Units) => differenceAt(c, release, from, measure, units),
  releaseFile: (c: string, release: string, format: 'csv' | 'geojson' | 'gpkg') => at(c, `/releases/${encodeURIComponent(release)}/download.${format}`),

  study: {
    /** Whoever reads is written down, and the owners see it. */
    places: (c: string, places: Selection, cursor: string | null) =>
      body(send<PlacePage>('POST', at(c, '/places/search'), { places, limit: 1000, ...(cursor ? { cursor } : {}) })),
    proximity: (c: string, query: ProximityQuery) => body(send<Proximity>('POST', at(c, '/study/proximity'), query)),
    queries: (c: string) => body(send<{ queries: KeptQuery[] }>('GET', at(c, '/study/queries'))),
    keep: (c: string, name: string, places: Selection) => body(send<KeptQuery>('POST', at(c, '/study/queries'), { name, places })),
    forget: (c: string, id: string) => body(send<void>('DELETE', at(c, `/study/queries/${encodeURIComponent(id)}`))),
  },

  stories: {
    list: (c: string, cursor: string | null) => body(send<StoryPage>('GET', at(c, `/stories?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`))),
    photo: (c: string, story: string, photo: string) => at(c, `/stories/${encodeURIComponent(story)}/photos/${encodeURIComponent(photo)}`),
    /** For stewards: what waits, and what they decide. */
    queue: (c: string) => body(send<{ features: WaitingStory[]; number_waiting: number }>('GET', at(c, '/stories/queue'))),
    waitingPhoto: (c: string, place: string, photo: string) => at(c, `/stories/queue/${encodeURIComponent(place)}/photos/${encodeURIComponent(photo)}`),
    decide: (c: string, place: string, decision: StoryDecision) => body(send<Review>('POST', at(c, `/stories/queue/${encodeURIComponent(place)}/decision`), decision)),
  },

  invitations: {
    list: (c: string) => body(send<{ invitations: Invitation[] }>('GET', at(c, '/invitations'))),
    make: (c: string, uses: number, expires_on: string | null) => body(send<MadeInvitation>('POST', at(c, '/invitations'), { uses, expires_on })),
    takeBack: (c: string, id: string) => body(send<void>('DELETE', at(c, `/invitations/${encodeURIComponent(id)}`))),
  },

  /** What planners of a closed group see. */
  snapshots: {
    list: (c: string) => body(send<{ snapshots: Snapshot[] }>('GET', at(c, '/snapshots'))),
    one: (c: string, snapshot: string) => body(send<SnapshotNumbers>('GET', snapshotAt(c, snapshot))),
    file: (c: string, snapshot: string, format: 'csv' | 'geojson' | 'gpkg') => snapshotAt(c, snapshot, `/download.${format}`),
  },

  /** What stewards do. */
  directory: {
    add: (c: string, support: SupportBody) => body(send<Support>('POST', at(c, '/supports'), support)),
    change: (c: string, id: string, version: number, support: SupportBody) => body(send<Support>('PUT', supportAt(c, id), support, versionTag(version))),
    /** Now, or at the end of a day. */
    close: (c: string, id: string, version: number, on: string | null) => body(send<Support>('POST', supportAt(c, id, '/close'), on ? { on } : {}, versionTag(version))),
    /** The other one stays. */
    merge: (c: string, id: string, version: number, into: string) => body(send<Support>('POST', supportAt(c, id, '/merge'), { into }, versionTag(version))),
    history: (c: string, id: string) => body(send<{ changes: SupportChange[] }>('GET', supportAt(c, id, '/history'))),
  },

  staff: {
    activate: (link_token: string, password: string) => body(send<Enrolment>('POST', '/api/staff/activate', { link_token, password })),
    confirmActivation: (link_token: string, totp: string) => body(send<unknown>('POST', '/api/staff/activate/confirm', { link_token, totp })),
    signIn: (email: string, password: string, second: { totp: string } | { recovery_code: string }) =>
      body(send<unknown>('POST', '/api/staff/session', { email, password, ...second })),
    me: () => body(send<StaffPerson>('GET', '/api/staff/session')),
    /** Shows the second factor again, for ten minutes. */
    confirm: (totp: string) => body(send<unknown>('POST', '/api/staff/session/confirm', { totp })),
    accessLog: (c: string, before: number | null) => body(send<AccessLogPage>('GET', at(c, `/access-log${before === null ? '' : `?before=${before}`}`))),
    sessions: () => body(send<{ sessions: StaffSession[] }>('GET', '/api/staff/sessions')),
    closeSession: (id: string) => body(send<void>('DELETE', `/api/staff/sessions/${encodeURIComponent(id)}`)),
    tokens: () => body(send<{ tokens: ApiToken[] }>('GET', '/api/staff/tokens')),
    revokeToken: (id: string) => body(send<void>('DELETE', `/api/staff/tokens/${encodeURIComponent(id)}`)),
    newRecoveryCodes: () => body(send<{ recovery_codes: string[] }>('POST', '/api/staff/recovery-codes')),
  },
};
