/** The outbox: everything is kept on this device first, then sent in order, and taken out when the server has said that it has it. */
import { signal } from '@preact/signals';
import { device, shared } from '../app/device';
import type { Bytes } from '../lib/device/seal';
import type { Kept } from '../lib/device/table';
import { deletionOf, placeOfNew, waitsFor, type Kind, type Waiting } from './items';
import { deliver } from './deliver';
import { formName, renameForm } from './keptForms';
import { learn } from './learned';
import { pauseBefore } from './pause';

export const waiting = signal<readonly Waiting[]>([]);
/** Why nothing more is sent just now; null while nothing stands in the way. */
export const halted = signal<'unreachable' | 'signed-out' | null>(null);
/** Counts what the server took over: lists look again when it grows. */
export const sent = signal(0);

/** What the server took over while this page is open: places, photos and entries by their ids. */
export const lately = signal<ReadonlySet<string>>(new Set());

/** What places and photos that were new are called since the server has them. */
export const settledAs = signal<ReadonlyMap<string, string>>(new Map());

const PREFIX = 'outbox:';
const nameOf = ({ id }: { id: string }): string => `${PREFIX}${id}`;
const bytesOf = ({ id }: { id: string }): string => `bytes:${id}`;

let person: { community: string; participant: string } | null = null;

const show = (items: readonly Waiting[]): void => void (waiting.value = [...items].sort((a, b) => a.order - b.order));

/** Under what name those names are kept, so that an address of before still leads there after a reload. */
export const settledName = (community: string, participant: string): string => `settled:${community}:${participant}`;

/** Reads what is kept for this person. What another person left is theirs: it is neither shown nor sent. */
export async function openOutbox(community: string, participant: string): Promise<void> {
  person = { community, participant };
  await read();
  void flush();
}

async function read(): Promise<void> {
  const vault = await device();
  const known = person && (await vault.get<[string, string][]>(settledName(person.community, person.participant)));
  if (known?.some(([local]) => !settledAs.value.has(local))) settledAs.value = new Map([...settledAs.value, ...known]);
  let items: Waiting[];
  let before: readonly Waiting[];
  do {
    before = waiting.value;
    items = [];
    for (const name of await vault.names(PREFIX)) {
      const item = await vault.get<Waiting>(name);
      if (item && item.community === person?.community && item.participant === person.participant) items.push(item);
    }
    // What the person changed meanwhile may have been read as it was before: it must not come back.
  } while (before !== waiting.value);
  show(items);
}

async function keep(given: Waiting): Promise<void> {
  // Whoever began before the server named the place knows it by its first name.
  const item = { ...given, place: settledAs.value.get(given.place) ?? given.place };
  await (await device()).put(nameOf(item), item as unknown as Kept);
  show([...waiting.value.filter(({ id }) => id !== item.id), item]);
}

async function drop(item: { id: string }): Promise<void> {
  const vault = await device();
  await vault.remove(nameOf(item));
  await vault.remove(bytesOf(item));
  show(waiting.value.filter(({ id }) => id !== item.id));
}

export type NewItem = Pick<Waiting, 'id' | 'kind' | 'place' | 'label' | 'body'> & Partial<Waiting> & { bytes?: Bytes };

/** Resolves once it is kept on this device; rejects where the device keeps nothing more. */
export async function enqueue({ bytes, ...item }: NewItem): Promise<Waiting> {
  if (!person) throw new Error('The outbox is not open.');
  const last = waiting.value.at(-1)?.order ?? 0;
  const whole: Waiting = {
    etag: null, media: null, notBefore: 0, attempted: false, refused: null,
    ...item, ...person, order: Math.max(Date.now(), last + 1), at: new Date().toISOString(),
  };
  if (bytes) await (await device()).put(bytesOf(whole), bytes);
  await keep(whole);
  void askToStay();
  return whole;
}

/** Browsers throw away what pages keep when the phone is full; this asks ours not to. Some ask the person, some decide by themselves. */
async function askToStay(): Promise<void> {
  if (asked || shared.value) return;
  asked = true;
  await navigator.storage?.persist?.().catch(() => false);
}
let asked = false;

/** Changes what has not been sent yet. */
export const replace = (item: Waiting): Promise<void> => keep(item);

export const bytesFor = async (item: Waiting): Promise<Bytes | undefined> => (await device()).get<Bytes>(bytesOf(item));

/** What takes back a sending that was never answered. */
const RETRACTION: Partial<Record<Kind, Kind>> = { add: 'retract', photo: 'photo-retract', diary: 'diary-retract' };

/** A photo that is refused for its words is there already, without them. */
const mayBeThere = ({ kind, attempted, refused }: Waiting): boolean => (refused ? kind === 'photo' : attempted);

/** Takes something out, with all that hangs on it. What may have reached the server is looked for there and deleted; nothing more is sent of it. */
export async function discard(item: Waiting): Promise<void> {
  const own = item.kind === 'add' ? placeOfNew(item.id) : null;
  for (const other of waiting.value) if (own && other.place === own) await drop(other);
  const retraction = RETRACTION[item.kind];
  if (retraction && mayBeThere(item)) await keep({ ...item, kind: retraction, leavesAt: null, refused: null });
  else await drop(item);
}

let running: Promise<void> | null = null;
let again = false;

/** Sends what can be sent. Several callers share one round; a call during a round makes another. */
export function flush(): Promise<void> {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await alone(round);
    }
  })().finally(() => {
    running = null;
    schedule();
  });
  return running;
}

/** One tab at a time. Without locks, the idempotency keys keep a double harmless. */
async function alone(act: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return act();
  await navigator.locks.request('stead-outbox', async () => {
    await read();
    await act();
  });
}

/** What the person deleted before it was sent, and did not want back. */
async function sweep(): Promise<void> {
  for (const item of waiting.value) if (item.leavesAt && item.leavesAt <= Date.now()) await discard(item);
}

async function round(): Promise<void> {
  await sweep();
  if (!person || waiting.value.length === 0) return void (halted.value = null);
  if (!navigator.onLine) return void (halted.value = 'unreachable');
  const refused: Waiting[] = [];
  for (const { id } of [...waiting.value]) {
    const item = waiting.value.find((one) => one.id === id);
    if (!item || item.notBefore > Date.now()) continue;
    if (item.refused || item.leavesAt || refused.some((other) => waitsFor(item, other))) {
      refused.push(item);
      continue;
    }
    if (!item.attempted) await keep({ ...item, attempted: true });
    const outcome = await deliver({ ...item, attempted: true }, () => bytesFor(item));
    // The person may have written on, or taken it back, while it was on its way.
    const now = waiting.value.find((one) => one.id === id);
    const same = now && now.kind === item.kind && JSON.stringify(now.body) === JSON.stringify(item.body);
    switch (outcome.kind) {
      case 'done':
        await learn(item, outcome);
        if (item.kind === 'add' && outcome.place) await settle(item, outcome.place);
        if (now?.leavesAt) await keep(deletionOf(now, outcome));
        else if (same) await drop(item);
        if (!same) again = true;
        if (item.kind === 'photo' && outcome.part) await named(item, item.id, outcome.part.id);
        if (outcome.part) for (const what of PART_FORMS) await renameForm(formOf(item, what, item.id), formOf(item, what, outcome.part.id));
        // A change that was refused goes with what it was about.
        if (item.kind.endsWith('delete')) for (const other of waiting.value) if (other.refused && (item.of ? other.of === item.of : other.place === item.place)) await drop(other);
        lately.value = new Set([...lately.value, item.of ?? outcome.part?.id ?? outcome.place ?? item.place]);
        sent.value += 1;
        break;
      case 'refused':
        if (!same) {
          again = true;
          break;
        }
        await keep({ ...now, attempted: false, refused: outcome.problem });
        refused.push(item);
        break;
      case 'later':
        // The server said that it did not take it: then it is not there.
        if (outcome.untouched && same) await keep({ ...now, attempted: item.attempted });
        halted.value = outcome.why;
        return;
    }
  }
  halted.value = null;
}

/** The forms that are written at a place, and those that change one photo or entry. */
const PLACE_FORMS = ['diary', 'photo'] as const;
const PART_FORMS = ['entry', 'photo words'] as const;
const formOf = ({ community, participant }: Waiting, what: string, of: string): string => formName(community, participant, `${what} ${of}`);

async function named({ community, participant }: Waiting, local: string, id: string): Promise<void> {
  const names = new Map([...settledAs.value, [local, id]]);
  await (await device()).put(settledName(community, participant), [...names]).catch(() => undefined); // a full device: the page still knows
  settledAs.value = names;
}

/** The place has its name from the server now; what waits for it, and what is being written at it, learns that name. */
async function settle(added: Waiting, id: string): Promise<void> {
  const local = placeOfNew(added.id);
  await named(added, local, id);
  for (const item of waiting.value) if (item.place === local) await keep(item);
  for (const what of PLACE_FORMS) await renameForm(formOf(added, what, local), formOf(added, what, id));
}

let attempt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  clearTimeout(timer);
  const going = waiting.value.flatMap(({ leavesAt }) => leavesAt ?? []);
  // Whoever is signed out sends nothing; what they threw away goes all the same.
  const due = halted.value === 'signed-out' ? going : [...going, ...waiting.value.filter(({ refused, leavesAt }) => !refused && !leavesAt).map(({ notBefore }) => notBefore)];
  if (due.length === 0 || halted.value === null) attempt = 0;
  if (due.length === 0) return;
  timer = setTimeout(() => void flush(), pauseBefore(due, Date.now(), halted.value === null ? null : attempt++));
}

addEventListener('online', () => {
  attempt = 0;
  void flush();
});

/** Forgets the person; what is kept stays kept. */
export function closeOutbox(): void {
  clearTimeout(timer);
  person = null;
  show([]);
  lately.value = new Set();
  settledAs.value = new Map();
  halted.value = null;
}

