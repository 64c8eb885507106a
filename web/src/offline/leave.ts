/** Going away from this device: what is kept for the person is removed from it. */
import { api, isAway } from '../api/client';
import { device, locked } from '../app/device';
import { promiseSignOut, SIGN_OUT_LATER } from '../app/promisedSignOut';
import { forget } from '../app/session';
import { aside, draft } from '../views/share/add/draft';
import { stopKeeping } from '../views/share/add/keptDraft';
import { thrown } from '../views/share/add/thrownDraft';
import { formName, stopForms } from './keptForms';
import { closeOutbox, settledName, waiting } from './outbox';
import { partsName } from './parts';

const PERSONAL_CACHES = ['stead-used', 'stead-basemap'];

/** Everything that this device keeps for a person, the PIN too. The app's own files stay: they say nothing of anybody. */
export async function forgetOnDevice(): Promise<void> {
  closeOutbox();
  draft.value = null;
  aside.value = [];
  thrown.value = null;
  await Promise.all([stopKeeping(), stopForms()]);
  await (await device()).clear();
  locked.value = false;
}

/** What this device keeps for one person. Somebody of another community on it keeps theirs, and the PIN. */
export async function forgetPerson(community: string, participant: string): Promise<void> {
  const items = waiting.value.map(({ id }) => id);
  closeOutbox();
  draft.value = null;
  aside.value = [];
  thrown.value = null;
  await Promise.all([stopKeeping(), stopForms()]);
  const vault = await device();
  const own = [`draft:${community}:${participant}`, `places:${community}:${participant}`, `collage:${community}:${participant}`, `me:${community}`, settledName(community, participant)];
  const prefixes = [formName(community, participant, ''), partsName('diary', community, participant, ''), partsName('photo', community, participant, '')];
  const forms = (await Promise.all(prefixes.map((prefix) => vault.names(prefix)))).flat();
  for (const name of [...own, ...forms, ...items.flatMap((id) => [`outbox:${id}`, `bytes:${id}`])]) await vault.remove(name);
  const left = (await vault.names('')).filter((name) => name !== 'lock');
  if (left.length === 0) await vault.clear();
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
