/** Going away from this device: what is kept for the person is removed from it. */
import { api, isAway, Problem } from '../api/client';
import { device, leavingName, locked } from '../app/device';
import { promiseSignOut, SIGN_OUT_LATER } from '../app/promisedSignOut';
import { here } from '../app/router';
import { forget, me } from '../app/session';
import { hex } from '../lib/hex';
import type { Kept } from '../lib/device/table';
import { aside, draft } from '../views/share/add/draft';
import { stopKeepingDrafts } from '../views/share/add/keptDraft';
import { thrown } from '../views/share/add/thrownDraft';
import { returnCode } from '../views/share/returnCode';
import { withdrawal, type Receipt } from '../views/share/withdrawal';
import { formName, stopForms } from './keptForms';
import { stopKeeping } from './lastState';
import { closeOutbox, settledName, waiting } from './outbox';
import { partsName } from './parts';

const PERSONAL_CACHES = ['stead-used', 'stead-basemap'];

/** What the open page holds of a person and was still about to keep. */
async function putDown(): Promise<void> {
  closeOutbox();
  returnCode.value = null;
  draft.value = null;
  aside.value = [];
  thrown.value = null;
  stopKeepingDrafts();
  stopForms();
  await stopKeeping();
}

/** Everything that this device keeps for a person, the PIN too. The app's own files stay: they say nothing of anybody. */
export async function forgetOnDevice(): Promise<void> {
  await putDown();
  await (await device()).clear();
  locked.value = false;
}

/** What this device keeps for one person. Somebody of another community on it keeps theirs, and the PIN. */
export async function forgetPerson(community: string, participant: string): Promise<void> {
  const items = waiting.value.map(({ id }) => id);
  await putDown();
  const vault = await device();
  const own = [`draft:${community}:${participant}`, `places:${community}:${participant}`, `collage:${community}:${participant}`, `me:${community}`, settledName(community, participant), leavingName(community)];
  const prefixes = [formName(community, participant, ''), partsName('diary', community, participant, ''), partsName('photo', community, participant, '')];
  const forms = (await Promise.all(prefixes.map((prefix) => vault.names(prefix)))).flat();
  for (const name of [...own, ...forms, ...items.flatMap((id) => [`outbox:${id}`, `bytes:${id}`])]) await vault.remove(name);
  const left = (await vault.names('')).filter((name) => name !== 'lock');
  if (left.length === 0) await vault.clear();
}

/** After how long the last backup is overwritten, as the server and the agreement say. */
const BACKUPS_KEPT_MS = 35 * 24 * 60 * 60 * 1000;

/** Somebody who asked to be deleted, as this device knew them. */
interface Leaving {
  participant: string;
  places: number;
}

/** Deletes the person here and on this device, and shows the receipt. When the answer to an earlier try was lost, they are gone already. */
export async function withdraw(community: string): Promise<void> {
  const vault = await device();
  const person = me.value;
  const before = await vault.get<Leaving>(leavingName(community)).catch(() => undefined);
  // Written down first: a killed tab or a lost answer still ends in a receipt, and leaves nothing on the phone.
  if (person) await vault.put(leavingName(community), { participant: person.participant, places: person.places } satisfies Leaving as unknown as Kept).catch(() => undefined);
  try {
    await gone(community, person?.participant ?? null, await api.withdraw(community));
  } catch (reason) {
    if (reason instanceof Problem && reason.status === 401 && before) return haveLeft(community);
    // The server answered, and the answer is no: nothing is under way.
    if (reason instanceof Problem && reason.status < 500 && !before) await vault.remove(leavingName(community)).catch(() => undefined);
    throw reason;
  }
}

/** An earlier try did it: the server does not know the person any more. */
export async function haveLeft(community: string): Promise<void> {
  const left = await (await device()).get<Leaving>(leavingName(community));
  const receipt: Receipt = {
    receipt: left ? await receiptOf(left.participant) : null,
    places_removed: left?.places ?? 0,
    backups_gone_by: new Date(Date.now() + BACKUPS_KEPT_MS).toISOString(),
  };
  await gone(community, left?.participant ?? null, receipt);
}

async function gone(community: string, participant: string | null, receipt: Receipt): Promise<void> {
  withdrawal.value = receipt;
  if (participant) await forgetPerson(community, participant);
  forget(community, here('share', 'withdrawn'));
}

/** The number that the server gives: the SHA-256 of the participant's identifier. Pages without https cannot work it out. */
export async function receiptOf(participant: string): Promise<string | null> {
  const bytes = Uint8Array.from(participant.replaceAll('-', '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  return subtle ? hex(new Uint8Array(await subtle.digest('SHA-256', bytes))) : null;
}

/** Signs out; without a network or a server, with the next page that has both. The cookie is the browser's, and no page can take it away. */
export async function signOut(): Promise<void> {
  try {
    await api.signOut();
    promiseSignOut(false);
  } catch (reason) {
    // Any other answer: no session any more, or none that this server knows.
    promiseSignOut(isAway(reason));
  }
}

/** "Clear this phone": the person's things, the short list, the kept map, and who was here. */
export async function clearPhone(community: string, next: string): Promise<void> {
  forget(community, next);
  await forgetOnDevice();
  await signOut();
  try {
    const promised = localStorage.getItem(SIGN_OUT_LATER);
    localStorage.clear();
    sessionStorage.clear();
    if (promised) localStorage.setItem(SIGN_OUT_LATER, promised);
  } catch {
    // storage is blocked: there is nothing in it
  }
  if ('caches' in globalThis) await Promise.all(PERSONAL_CACHES.map((name) => caches.delete(name)));
}
