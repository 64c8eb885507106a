/** Without a network, with a server that is away, with killed pages and on shared devices: nothing is lost, and nothing stays that should not. */
import type { Page } from '@playwright/test';
import { COMMUNITY, expect, test } from './fixtures';

/** The browser logs each request that fails for want of a network; that is the point of these journeys. */
const expectFailures = (page: Page) => page.removeAllListeners('console');

/** The app's own files are on the device, and it answers for them. */
async function onDevice(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
}

/** Goes through the questions with a place from the list, and stands before "Save". */
async function answer(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('link', { name: 'Change: Name and story' }).click();
  await page.getByLabel('A name for the place').fill(name);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
}

async function joined(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Where is the place?' })).toBeVisible();
}

/** The names of the person's places, as the server has them. */
const onServer = (page: Page): Promise<string[]> =>
  page.evaluate(async (community) => {
    const answer = (await (await fetch(`/api/communities/${community}/places?limit=500`)).json()) as { features: { properties: { name: string } }[] };
    return answer.features.map(({ properties }) => properties.name).sort();
  }, COMMUNITY);

/** Everything that the page keeps on the device, as one text. */
const onThisDevice = (page: Page): Promise<string> =>
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

test('in flight mode a place is written, kept through a killed page, and sent once when there is a network again', async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  await joined(page);
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match(`/api/communities/kaldavere/supports?limit=1000`)))).toBe(true);
  expectFailures(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Where is the place?' })).toBeVisible();
  await expect(page.getByRole('contentinfo').getByRole('link').first()).toBeVisible();
  await answer(page, 'In flight');
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved on this phone. We send it as soon as there is a network.')).toBeVisible();
  const card = page.getByRole('listitem').filter({ hasText: 'In flight' });
  await expect(card).toContainText('Saved on this phone. Not sent yet.');
  await stead.accessible('a place on this phone');
  await stead.picture('on-this-phone');

  await page.goto('about:blank');
  await stead.open(`/${COMMUNITY}/share`);
  await expect(card).toContainText('Saved on this phone. Not sent yet.');
  await card.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('link', { name: 'Change: Name and story' }).click();
  await page.getByLabel('A name for the place').fill('In flight, changed');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'In flight, changed' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave quickly' }).click();
  await expect(page).toHaveTitle('New tab');
  await stead.open(`/${COMMUNITY}/share`);

  await context.setOffline(false);
  await expect.poll(() => onServer(page), { timeout: 30_000 }).toEqual(['In flight, changed']);
  await expect(page.getByRole('listitem').filter({ hasText: 'In flight, changed' })).toHaveCount(1);
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0);
});

test('a server that is away, and an answer that is lost, end in one place and not in two', async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await joined(page);
  await answer(page, 'Soup on Thursdays');
  expectFailures(page);
  const keys: (string | null)[] = [];
  let mode: 'away' | 'lost' | 'there' = 'away';
  await page.route('**/places', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(await route.request().headerValue('idempotency-key'));
    if (mode === 'away') return route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"type":"urn:stead:problem:unavailable","title":"away","status":503}' });
    if (mode === 'lost') {
      await route.fetch();
      return route.abort('connectionreset');
    }
    return route.continue();
  });
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('There is no network, or Stead is away.')).toBeVisible();
  await stead.picture('server-away');
  mode = 'lost';
  // The phone tries again by itself, too, and may be first.
  await page.getByRole('button', { name: 'Try again now' }).click({ timeout: 5_000 }).catch(() => undefined);
  await expect.poll(() => onServer(page)).toEqual(['Soup on Thursdays']);
  await expect(page.getByText('There is no network, or Stead is away.')).toBeVisible();
  mode = 'there';
  await page.reload();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'Soup on Thursdays' })).toHaveCount(1);
  expect(await onServer(page)).toEqual(['Soup on Thursdays']);
  expect(new Set(keys).size).toBe(1);
});

test('what is deleted before it was sent never reaches the server, and a deletion in flight mode can be undone', async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await joined(page);
  await answer(page, 'Sent before');
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  await onDevice(page);
  await page.getByRole('button', { name: 'Add a place' }).click();
  await answer(page, 'Never sent');
  expectFailures(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save this place' }).click();
  await page.getByRole('button', { name: 'Delete Never sent' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Never sent' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Delete Sent before' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Delete Sent before' })).toBeVisible();
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Sent before' })).toBeVisible();
  expect(await onServer(page)).toEqual(['Sent before']);
  expect(bodies.join()).not.toContain('Never sent');
});

test('with a PIN, nothing readable is kept on the phone, and it opens with the PIN only', async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await joined(page);
  await answer(page, 'Between us two');
  await page.goBack();
  expect(await onThisDevice(page)).toContain('Between us two');
  await stead.open(`/${COMMUNITY}/share/phone`);
  await expect(page.getByRole('heading', { level: 1, name: 'On this phone' })).toBeVisible();
  await stead.accessible('this phone');
  await stead.picture('phone');
  await page.getByLabel('New PIN').fill('1234');
  await page.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(page.getByText('Choose six letters or numbers at least.')).toBeVisible();
  await page.getByLabel('New PIN').fill('246810');
  await page.getByLabel('The same PIN again').fill('246810');
  await page.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(page.getByText('The PIN is set.')).toBeVisible();
  const sealed = await onThisDevice(page);
  expect(sealed).not.toContain('Between us two');
  expect(sealed).not.toContain('246810');

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'This phone is locked' })).toBeVisible();
  await stead.accessible('locked');
  await stead.picture('locked');
  await page.getByLabel('PIN').fill('246811');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('That is not the PIN.')).toBeVisible();
  await page.getByLabel('PIN').fill('246810');
  await page.getByRole('button', { name: 'Open' }).click();
  await stead.open(`/${COMMUNITY}/share`);
  await page.getByLabel('PIN').fill('246810');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('You began a place and have not saved it yet: Between us two.')).toBeVisible();

  await page.reload();
  await page.getByText('I have forgotten the PIN').click();
  await page.getByRole('button', { name: 'Clear this phone' }).click();
  await expect(page.getByRole('link', { name: 'Come back with a code' })).toBeVisible();
  expect(await onThisDevice(page)).toBe('[]{}{}');
  await expect.poll(async () => (await context.cookies()).filter(({ value }) => value !== '')).toEqual([]);
});

test('on a shared tablet nothing stays, not even after loading the page again', async ({ stead, context }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/share/join`);
  await page.getByRole('checkbox', { name: 'Other people use this device, too' }).check();
  await stead.accessible('joining on a shared device');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByText('Others use this device, too. Nothing stays on it.')).toBeVisible();
  const code = (await page.getByTestId('return-code').textContent()) ?? '';
  await joined(page);
  await answer(page, 'On the kitchen tablet');
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  await stead.picture('shared-device');
  await stead.accessible('a shared device');
  expect(await onThisDevice(page)).not.toMatch(/kitchen|stead\.here/);
  await page.getByRole('button', { name: 'Finish and leave' }).click();
  await expect(page.getByRole('link', { name: 'Come back with a code' })).toBeVisible();

  await page.getByRole('link', { name: 'Come back with a code' }).click();
  await page.getByLabel('Your return code').fill(code);
  await page.getByRole('checkbox', { name: 'Other people use this device, too' }).check();
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'On the kitchen tablet' })).toBeVisible();
  expectFailures(page);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Come back with a code' })).toBeVisible();
  expect(await onThisDevice(page)).not.toMatch(/kitchen|stead\.here/);
  await expect.poll(() => page.evaluate(async () => (await fetch('/api/communities/kaldavere/me')).status)).toBe(401);
  expect((await context.cookies()).filter(({ value }) => value !== '')).toEqual([]);
});

test('the map of the town is kept on request, with its size, and drawn without a network', async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  await joined(page);
  await stead.open(`/${COMMUNITY}/share/phone`);
  const keep = page.getByRole('button', { name: /^Keep the map of Kaldavere on this phone \([\d.,]+ [kM]B\)$/ });
  await keep.click();
  await expect(page.getByText(/^The map is on this phone \(/)).toBeVisible({ timeout: 30_000 });
  await stead.accessible('the map is on this phone');
  expectFailures(page);
  await context.setOffline(true);
  await stead.open(`/${COMMUNITY}/share/add/where`);
  await page.getByRole('button', { name: 'On the map' }).click();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  await stead.picture('map-in-flight-mode');
  await page.getByRole('button', { name: 'Put the pin here' }).click();
  await expect(page.locator('.notice').filter({ hasText: 'Chosen:' })).toBeVisible();
});
