/** What waits on this device to be sent, and how it follows from what is known already. Pure. */
import type { Feature, Geometry } from 'geojson';
import type { DiaryWords, FeelingChoice, PhotoWords, Place, PlaceInput } from '../api/types';

/** `retract` and what ends so takes back what may have reached the server without an answer. */
export type Kind =
  | 'add' | 'change' | 'delete' | 'retract'
  | 'photo' | 'photo-change' | 'photo-delete' | 'photo-retract'
  | 'diary' | 'diary-change' | 'diary-delete' | 'diary-retract';

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
  /** The photo or the diary entry that is changed or deleted; null for new ones, and for places. */
  of?: string | null;
  /** What it is called, for the person. */
  label: string;
  at: string;
  body: PlaceBody | DiaryWords | PhotoWords | null;
  /** The version that was read, for changes; null asks for the newest. */
  etag: string | null;
  /** A photo's own media type; its bytes are kept beside. */
  media: string | null;
  /** Not before this moment: the time in which a deletion can be undone. */
  notBefore: number;
  /** When it goes without having been sent: the person deleted it, and can still change their mind. */
  leavesAt?: number | null;
  /** It may have reached the server, for all that this device knows. */
  attempted: boolean;
  /** The server's no; nothing more is tried until the person decides. */
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

/** The place that an item is about. */
const placeOf = ({ kind, place, id }: Waiting): string => (kind === 'add' || kind === 'retract' ? placeOfNew(id) : place);

/** Items of one chain are sent in their order; a chain that is refused holds up no other. */
export const chainOf = (item: Waiting): string =>
  item.kind.startsWith('photo') || item.kind.startsWith('diary') ? `${item.place} ${item.of ?? item.id}` : placeOf(item);

/** Whether an item has to wait for one that was refused: of the same chain, or the place that it belongs to is not there yet. */
export function waitsFor(item: Waiting, refused: Waiting): boolean {
  if (refused.kind === 'add') return placeOf(item) === placeOf(refused);
  // Whoever deletes something need not decide first what becomes of a change to it.
  return !item.kind.endsWith('delete') && chainOf(item) === chainOf(refused);
}

const round = (value: unknown): unknown => {
  if (typeof value === 'number') return Math.round(value * 1e6) / 1e6;
  return Array.isArray(value) ? value.map(round) : value;
};

const orNull = <T>(value: T | null | undefined): T | null => value ?? null;
const words = (text: string | null | undefined): string | null => text?.trim() || null;
const sorted = (list: readonly string[] | null | undefined): string[] => [...new Set(list ?? [])].sort();
const felt = (feelings: readonly FeelingChoice[] | undefined): string[] => sorted((feelings ?? []).map(({ feeling, strength }) => `${feeling} ${strength}`));
const byName = (_key: string, value: unknown): unknown =>
  (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

/** Everything that a person can say of a place. The types see to it that nothing is forgotten here when a question is added. */
const said = (p: PlaceInput): Record<keyof PlaceInput, unknown> => ({
  name: words(p.name), being: p.being, doing: p.doing, story: words(p.story), photo_not_taken: words(p.photo_not_taken), feelings: felt(p.feelings), chime: sorted(p.chime),
  activities: sorted(p.activities), company: sorted(p.company), support: { received: sorted(p.support?.received), given: sorted(p.support?.given) }, barriers: sorted(p.barriers),
  rhythm: p.rhythm?.often || (p.rhythm?.parts ?? []).length > 0 ? { often: orNull(p.rhythm?.often), parts: sorted(p.rhythm?.parts) } : null,
  since: orNull(p.since), home: p.home, precision: p.precision, share: p.share,
  answers: Object.fromEntries(Object.entries(p.answers ?? {}).map(([id, answer]) => [id, Array.isArray(answer) ? sorted(answer) : typeof answer === 'string' ? answer.trim() : answer])),
});

/** Whether the server holds what this device wanted to send: the answer to a request may have been lost on its way. */
export function sameContent(sent: PlaceBody, held: Feature<Geometry, PlaceInput>): boolean {
  const of = ({ geometry, properties }: Feature<Geometry, PlaceInput>) =>
    JSON.stringify([geometry.type, round('coordinates' in geometry ? geometry.coordinates : []), said(properties)], byName);
  return of(sent) === of(held);
}

export const sameEntry = (a: DiaryWords, b: DiaryWords): boolean =>
  a.date === b.date && a.text.trim() === b.text.trim() && felt(a.feelings).join() === felt(b.feelings).join();

export type Shown = Place & { waiting?: Waiting };

/** What becomes of something new that was sent all the same while the person could still keep it: it is deleted at the server, and not sooner. */
export const deletionOf = (item: Waiting, made: { place?: string; part?: { id: string } }): Waiting => ({
  ...item, kind: item.kind === 'photo' ? 'photo-delete' : item.kind === 'diary' ? 'diary-delete' : 'delete', place: made.place ?? item.place, of: made.part?.id ?? null,
  body: null, etag: null, notBefore: item.leavesAt ?? 0, leavesAt: null, attempted: false, refused: null,
});

/** The places as the person left them: what the server knows, with everything that waits. */
export function withWaiting(places: readonly Place[], waiting: readonly Waiting[]): Shown[] {
  let shown: Shown[] = [...places];
  for (const item of inOrder(waiting)) {
    const { body, kind, place } = item;
    if (kind === 'delete') shown = shown.filter(({ id }) => id !== place);
    if (kind === 'change' && isPlaceBody(body)) {
      shown = shown.map((one) => (one.id === place ? { ...one, geometry: body.geometry, properties: { ...one.properties, ...body.properties }, waiting: item } : one));
    }
    if (kind === 'add' && !item.leavesAt && isPlaceBody(body)) {
      const properties = { photos: [], diary: [], ...body.properties, created_at: item.at, updated_at: item.at };
      shown = [{ type: 'Feature', id: placeOfNew(item.id), geometry: body.geometry, properties, waiting: item }, ...shown.filter(({ id }) => id !== placeOfNew(item.id))];
    }
  }
  return shown;
}

const inOrder = (waiting: readonly Waiting[]): Waiting[] => [...waiting].sort((a, b) => a.order - b.order);

/** A photo or a diary entry that the server has, as the person left it. */
export interface ShownPart<T> {
  part: T;
  /** What waits of it; a deletion can still be undone while it waits. */
  waiting: Waiting | null;
}

/** The photos or the entries of a place, with what waits of them. */
export function partsWithWaiting<T extends { id: string }>(kept: readonly T[], waiting: readonly Waiting[], kind: 'photo' | 'diary'): ShownPart<T>[] {
  return kept.flatMap((part): ShownPart<T>[] => {
    const own = inOrder(waiting).filter((item) => item.of === part.id && item.kind.startsWith(`${kind}-`));
    const last = own.at(-1);
    if (!last) return [{ part, waiting: null }];
    if (last.kind.endsWith('-delete')) return [{ part, waiting: last }];
    return [{ part: { ...part, ...last.body }, waiting: last }];
  });
}
