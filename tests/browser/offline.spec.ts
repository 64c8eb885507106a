/** Without a network, with a server that is away, with killed pages and on shared devices: nothing is lost, and nothing stays that should not. */
import type { Page } from '@playwright/test';
import { ask, expectFailures, entriesOnServer, killed, onDevice, onlyPlace, onThisDevice, placesOnServer } from './device';
import { COMMUNITY, ONCE_ON_PHONE, type Stead, expect, test } from './fixtures';
import { ENGLISH, TONGUES } from './tongues';
import { walk } from './walk';

/** Joins, and goes through the questions to "is this right?", in English. */
const answer = (stead: Stead, name: string) => walk(stead, ENGLISH).answer(name);
const joined = (stead: Stead) => walk(stead, ENGLISH).begin();

for (const tongue of TONGUES) {
  const { tag, core, mine } = tongue;
  test(`in flight mode a place and a day are written, kept through a killed tab and a reload, and sent once when there is a network again: ${tag}`, async ({ stead, context }) => {
    const before = walk(stead, tongue);
    await before.join();
    await onDevice(stead.page);
    await before.begin();
    await expect.poll(() => stead.page.evaluate(async (address) => Boolean(await caches.match(address)), `/api/communities/${COMMUNITY}/supports?limit=1000`)).toBe(true);
    expectFailures(stead.page);
    await context.setOffline(true);
    await stead.page.reload();
    await expect(stead.page.getByRole('heading', { level: 1, name: core.add.whereTitle })).toBeVisible();
    await expect(stead.page.getByRole('contentinfo').getByRole('link').first()).toBeVisible();
    // The phone is told about the app in its person's language, in flight mode, too.
    expect(await stead.page.evaluate(async () => ((await (await fetch(document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.href ?? '')).json()) as { lang: string }).lang)).toBe(tag);
    await before.answer('Lennul');
    await before.press(core.add.save);
    await expect(stead.page.getByText(mine.outbox.savedHere)).toBeVisible();
    const card = (page: Page) => page.locator('.place-card');
    await expect(card(stead.page)).toContainText(mine.outbox.onPhone);
    await stead.accessible(`a place on this phone, ${tag}`);
    await stead.picture(`on-this-phone-${tag}`);
    await card(stead.page).getByRole('link', { name: mine.diary.title('Lennul') }).click();
    await stead.page.getByLabel(mine.diary.text).fill('Pilved all.');
    await before.press(mine.diary.save);
    await expect(stead.page.getByRole('list', { name: mine.diary.entries })).toContainText('Pilved all.');
    await stead.picture(`a-day-on-this-phone-${tag}`);

    const page = await killed(stead.page, `/${COMMUNITY}/share?lang=${tag}`);
    const after = walk({ ...stead, page, open: async (path) => void (await page.goto(new URL(path, page.url()).href)) }, tongue);
    await expect(card(page)).toContainText(mine.outbox.onPhone);
    await page.reload();
    await expect(card(page)).toContainText(mine.outbox.onPhone);
    await card(page).getByRole('button', { name: core.mine.editNamed('Lennul') }).click();
    await after.named('Lennul üle pilvede');
    await after.press(core.add.saveChange);
    await expect(card(page)).toContainText('Lennul üle pilvede');
    await after.press(core.header.exit);
    await expect(page).toHaveTitle('New tab');
    await after.visit('share');
    await expect(card(page)).toContainText(mine.outbox.onPhone);
    await expect(page.locator('.outbox')).toContainText(mine.outbox.waiting(2, '2'));

    await context.setOffline(false);
    await expect.poll(() => placesOnServer(page), { timeout: 30_000 }).toEqual(['Lennul üle pilvede']);
    await expect.poll(async () => entriesOnServer(page, await onlyPlace(page))).toEqual(['Pilved all.']);
    await expect(card(page)).toHaveCount(1);
    await expect(page.getByText(mine.outbox.onPhone)).toHaveCount(0);
    await expect(page.locator('.outbox')).toHaveCount(0);
  });
}

test('a server that is away, and an answer that is lost, end in one place and not in two', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await joined(stead);
  await answer(stead, 'Soup on Thursdays');
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
  await expect.poll(() => placesOnServer(page)).toEqual(['Soup on Thursdays']);
  await expect(page.getByText('There is no network, or Stead is away.')).toBeVisible();
  mode = 'there';
  await page.reload();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'Soup on Thursdays' })).toHaveCount(1);
  expect(await placesOnServer(page)).toEqual(['Soup on Thursdays']);
  expect(new Set(keys).size).toBe(1);
});

test('what is deleted before it was sent never reaches the server, and a deletion in flight mode can be undone', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await joined(stead);
  await answer(stead, 'Sent before');
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  await onDevice(page);
  await page.getByRole('button', { name: 'Add a place' }).click();
  await answer(stead, 'Never sent');
  expectFailures(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save this place' }).click();
  const remove = page.getByRole('button', { name: 'Delete Never sent' });
  const undo = page.getByRole('button', { name: 'Undo' });
  await remove.click();
  await expect(undo).toBeFocused();
  await expect(page.locator('[aria-live=polite]')).toContainText('You can undo this for 10 seconds');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Never sent', exact: true })).toBeFocused();
  await remove.click();
  await expect(undo).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Never sent' })).toHaveCount(0, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Delete Sent before' }).click();
  await undo.click();
  await expect(page.getByRole('button', { name: 'Delete Sent before' })).toBeVisible();
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Sent before' })).toBeVisible();
  expect(await placesOnServer(page)).toEqual(['Sent before']);
  expect(bodies.join()).not.toContain('Never sent');
});

test('with a PIN, nothing readable is kept on the phone, and it opens with the PIN only', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await joined(stead);
  await answer(stead, 'Between us two');
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

test('the map of the town is kept on request, with its size, and drawn without a network', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  await joined(stead);
  for (const kept of ['supports?limit=1000', 'neighbourhoods']) {
    await expect.poll(() => page.evaluate(async (address) => Boolean(await caches.match(address)), `/api/communities/${COMMUNITY}/${kept}`)).toBe(true);
  }
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
  // What is near is said from what this phone keeps.
  await expect(page.locator('[aria-live=polite]')).toHaveText(/^The cross is at .+, .+ – .+/);
  await page.getByRole('button', { name: 'Put the pin here' }).click();
  await expect(page.locator('.notice').filter({ hasText: 'Chosen:' })).toBeVisible();
  await expect(page.locator('.said-again')).toContainText('Chosen:');
  await expect(page.locator('.said-again')).toBeInViewport();
  await page.getByRole('region', { name: 'Map for choosing a place' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible();
  await stead.picture('a-pin-in-flight-mode');
  await page.getByLabel('Name of the place, or a word from it').fill('kiigemea');
  await expect(page.getByRole('radio', { name: /^Kiigemäe/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.locator('.known-area .notice')).toContainText('Turuplatsi');
});

test('a photo that is made in flight mode is kept through a killed tab and a reload, sent once, and its words stand for it when there is no network', ONCE_ON_PHONE, async ({ stead, context }) => {
  test.slow(); // a killed tab, and five pages
  await stead.join();
  await joined(stead);
  await answer(stead, 'The kitchen');
  await stead.page.getByRole('button', { name: 'Save this place' }).click();
  await expect(stead.page.getByText('Saved. Only you can see it.')).toBeVisible();
  await onDevice(stead.page);
  await stead.page.getByRole('link', { name: 'Photos: The kitchen' }).click();
  await expect(stead.page.getByLabel('Choose a photo')).toBeAttached();
  const place = await onlyPlace(stead.page);
  expectFailures(stead.page);
  await context.setOffline(true);
  const squares = Buffer.from(await stead.page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 80, height: 40 });
    canvas.getContext('2d')?.fillRect(0, 0, 40, 40);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }), 'base64');
  await stead.page.getByLabel('Choose a photo').setInputFiles({ name: 'tiles.png', mimeType: 'image/png', buffer: squares });
  await stead.page.getByRole('radio', { name: 'No, or nobody can be recognised' }).check();
  await stead.page.getByLabel('What is to be seen').fill('Black and white tiles');
  await stead.page.getByRole('button', { name: 'Save this photo' }).click();
  const picture = (page: Page) => page.getByRole('img', { name: 'Black and white tiles' });
  const width = (page: Page) => picture(page).evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect(picture(stead.page)).toBeVisible();

  const page = await killed(stead.page, `/${COMMUNITY}/share/photos/${place}`);
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toBeVisible();
  await expect.poll(() => width(page)).toBe(80);

  await page.goto(new URL(`/${COMMUNITY}/share/collage`, page.url()).href);
  await expect.poll(() => width(page)).toBe(80);
  await page.screenshot({ path: test.info().outputPath('an-unsent-photo-in-the-collage.png'), fullPage: true });
  const leaveOut = page.getByRole('group', { name: 'Black and white tiles' }).getByRole('button', { name: 'Leave out' });
  await leaveOut.click();
  await expect(leaveOut).toHaveAttribute('aria-pressed', 'true');
  await page.screenshot({ path: test.info().outputPath('a-photo-left-out-of-the-collage.png'), fullPage: true });

  let posted = 0;
  page.on('request', (request) => (posted += request.method() === 'POST' && request.url().endsWith('/photos') ? 1 : 0));
  await context.setOffline(false);
  const onServer = async () => (await ask<{ photos: { alt: string }[] }>(page, `places/${place}/photos`)).photos.map(({ alt }) => alt);
  await expect.poll(onServer, { timeout: 30_000 }).toEqual(['Black and white tiles']);
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0);
  await expect(leaveOut).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Done arranging' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'The kitchen' })).toBeVisible();
  await expect(page.getByRole('figure')).toHaveCount(0);
  await page.goto(new URL(`/${COMMUNITY}/share/photos/${place}`, page.url()).href);
  await expect.poll(() => width(page)).toBe(80);
  expect([posted, await onServer()]).toEqual([1, ['Black and white tiles']]);

  await context.setOffline(true);
  await page.reload();
  const away = page.locator('.picture-away');
  await expect(away).toHaveText('Black and white tiles This photo is not on this phone. It shows again when there is a network.');
  await expect(picture(page)).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('a-photo-that-is-not-on-this-phone.png'), fullPage: true });
  await context.setOffline(false);
  await expect.poll(() => width(page)).toBe(80);
});
