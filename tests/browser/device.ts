/** What the device of a person keeps, and what becomes of it: without a network, with a killed tab, and at the server. */
import { type Page } from '@playwright/test';
import { COMMUNITY } from './fixtures';

/** The browser logs each request that fails for want of a network; where that is the point of a journey, it is no finding. */
export const expectFailures = (page: Page) => page.removeAllListeners('console');

/** The app's own files are on the device, and it answers for them. */
export async function onDevice(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
}

/** Everything that the page keeps on the device, as one text. */
export const onThisDevice = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('stead');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('no database'));
    });
    const values = !database.objectStoreNames.contains('kept') ? [] : await new Promise<unknown[]>((resolve) => {
      const request = database.transaction('kept').objectStore('kept').getAll();
      request.onsuccess = () => resolve(request.result as unknown[]);
    });
    database.close();
    const text = JSON.stringify(values, (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value));
    return text + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
  });

/** What the server answers to the person at the page. */
export const ask = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (address) => (await (await fetch(address)).json()) as never, `/api/communities/${COMMUNITY}${path && `/${path}`}`);

interface Features { features: { id: string; properties: { name: string } }[] }

/** The names of the person's places, as the server has them. */
export const placesOnServer = async (page: Page): Promise<string[]> =>
  (await ask<Features>(page, 'places?limit=500')).features.map(({ properties }) => properties.name).sort();

/** What the person wrote in the diary of a place, as the server has it. */
export const entriesOnServer = async (page: Page, place: string): Promise<string[]> =>
  (await ask<{ entries: { text: string }[] }>(page, `places/${place}/diary`)).entries.map(({ text }) => text);

/** The one place that the person has on the server. */
export async function onlyPlace(page: Page): Promise<string> {
  const { features } = await ask<Features>(page, 'places?limit=500');
  if (features.length !== 1 || !features[0]) throw new Error(`${features.length} places, and not one`);
  return features[0].id;
}

/** The tab dies without a last word, as when a phone needs its memory for something else; another one is opened. */
export async function killed(page: Page, path: string): Promise<Page> {
  const session = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined); // no answer comes from a dead page
  await gone;
  const next = await page.context().newPage();
  await page.close();
  await next.goto(new URL(path, process.env['STEAD_URL']).href);
  return next;
}
