/** Nothing that a person typed is lost: not without a network, not with a killed tab, not by a change elsewhere, not on a shared tablet. */
import type { Page } from '@playwright/test';
import { BENCH, placed, save } from './bench';
import { ask, entriesOnServer, expectFailures, killed, onDevice, onThisDevice } from './device';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';
import { ENGLISH } from './tongues';
import { walk } from './walk';

/** Whether a text is written on the device for certain, not only on the screen. */
const isWritten = async (page: Page, text: string): Promise<boolean> => (await onThisDevice(page)).includes(text);

test('a diary entry is changed and deleted without a network, and the server learns it later', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  const place = await save(page);
  await stead.open(`/${COMMUNITY}/share/diary/${place}`);
  await page.getByLabel('How was it?').fill('Rain on the roof.');
  await page.getByRole('button', { name: 'Save this day' }).click();
  await expect.poll(() => entriesOnServer(page, place)).toEqual(['Rain on the roof.']);
  const entry = page.getByRole('list', { name: 'Days, newest first' }).getByRole('listitem');
  await expect(entry).toHaveCount(1);
  await expect(entry).not.toContainText('Not sent yet');

  expectFailures(page);
  await context.setOffline(true);
  await entry.getByRole('button', { name: 'Change' }).click();
  await entry.getByLabel('How was it?').fill('Rain on the roof, and then sun.');
  await entry.getByRole('button', { name: 'Save the changes' }).click();
  await expect(entry).toContainText('Rain on the roof, and then sun.');
  await expect(entry).toContainText('Saved on this phone. Not sent yet.');
  await stead.accessible('a change in flight mode');
  await stead.picture('diary-in-flight-mode');
  await page.reload();
  await expect(entry).toContainText('Rain on the roof, and then sun.');
  await context.setOffline(false);
  await expect.poll(() => entriesOnServer(page, place), { timeout: 30_000 }).toEqual(['Rain on the roof, and then sun.']);

  await context.setOffline(true);
  await entry.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entry).toContainText('Rain on the roof, and then sun.');
  await entry.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('The entry is being deleted.').last()).toBeVisible();
  await context.setOffline(false);
  await expect.poll(() => entriesOnServer(page, place), { timeout: 40_000 }).toEqual([]);
});

test('the last words before a page closes are there again, though the device had no time to keep them', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  const closes = async (path: string, label: string, words: string) => {
    await stead.open(`/${COMMUNITY}/share/${path}`);
    await expect(page.getByLabel(label, { exact: true })).toBeVisible();
    // From now on the database of the device takes what it is given and never answers.
    await page.evaluate(() => {
      const silent = { objectStore: () => ({ put: () => undefined, delete: () => undefined }) } as unknown as IDBTransaction;
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores: string | string[], mode?: IDBTransactionMode) {
        return mode === 'readwrite' ? silent : transaction.call(this, stores, mode);
      };
    });
    await page.getByLabel(label, { exact: true }).fill(words);
    await page.reload();
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(words);
    await expect.poll(() => isWritten(page, words)).toBe(true);
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage })), 'what is written properly stands nowhere else').not.toContain(words);
  };
  await stead.open(`/${COMMUNITY}/share`);
  await page.getByRole('button', { name: 'Add a place' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Where is the place?' })).toBeVisible();
  await closes('add/name', 'What do you call this place?', 'By the river');
  await closes(`diary/${place}`, 'How was it?', 'It began to rain');
  await closes('collage', ENGLISH.mine.collage.ownTitle, 'Where I breathe');
});

test('words in a diary and about a photo are there again after the tab was killed', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  await stead.open(`/${COMMUNITY}/share/diary/${place}`);
  await page.getByLabel('How was it?').fill('Half a sentence about');
  await expect.poll(() => isWritten(page, 'Half a sentence about')).toBe(true);
  const diary = await killed(page, `/${COMMUNITY}/share/diary/${place}`);
  await expect(diary.getByLabel('How was it?')).toHaveValue('Half a sentence about');
  await expect(diary.getByText('You began to write this and have not saved it. Your words are still here.')).toBeVisible();
  await diary.getByRole('button', { name: 'Save this day' }).click();
  await expect.poll(() => entriesOnServer(diary, place)).toEqual(['Half a sentence about']);
  await diary.reload();
  await expect(diary.getByLabel('How was it?')).toHaveValue('');

  await diary.goto(new URL(`/${COMMUNITY}/share/photos/${place}`, process.env['STEAD_URL']).href);
  const picture = Buffer.from(await diary.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    canvas.getContext('2d')?.fillRect(0, 0, 30, 40);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }), 'base64');
  const choose = (on: Page) => on.getByLabel('Choose a photo').setInputFiles({ name: 'cup.png', mimeType: 'image/png', buffer: picture });
  await choose(diary);
  await diary.getByLabel('Your words to it').fill('The cup with the crack');
  await expect.poll(() => isWritten(diary, 'The cup with the crack')).toBe(true);
  const photos = await killed(diary, `/${COMMUNITY}/share/photos/${place}`);
  await expect(photos.getByText('Your words are still here. Choose the photo again.')).toBeVisible();
  await expect(photos.getByLabel('Your words to it')).toHaveValue('The cup with the crack');
  await choose(photos);
  await photos.getByRole('radio', { name: 'No, or nobody can be recognised' }).check();
  await photos.getByRole('button', { name: 'Save this photo' }).click();
  await expect.poll(async () => (await ask<{ photos: { caption: string }[] }>(photos, `places/${place}/photos`)).photos.map(({ caption }) => caption)).toEqual(['The cup with the crack']);
});

test('words in a diary and about a photo that were thrown away can be had back for a moment', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  const undo = page.getByRole('button', { name: 'Undo' });
  const throwAway = page.getByRole('button', { name: 'Throw it away' });
  const thrown = page.locator('.thrown');
  await stead.open(`/${COMMUNITY}/share/diary/${place}`);
  const day = page.getByLabel('How was it?');
  await day.fill('Half a sentence about');
  await expect.poll(() => isWritten(page, 'Half a sentence about')).toBe(true);
  await page.reload();
  await throwAway.focus();
  await page.keyboard.press('Enter');
  await expect(day).toHaveValue('');
  await expect(thrown).toContainText('What you began is thrown away. You can undo this for 10 seconds');
  await expect(page.locator('[aria-live=polite]')).toContainText('You can undo this for 10 seconds');
  await expect(undo).toBeFocused();
  await stead.accessible('a day thrown away a moment ago');
  await stead.picture('day-thrown-away');
  await page.keyboard.press('Enter');
  await expect(day).toHaveValue('Half a sentence about');
  await expect(throwAway).toBeFocused();
  // What was written meanwhile is not lost either.
  await throwAway.click();
  await day.fill('Something else');
  await undo.click();
  await expect(day).toHaveValue('Half a sentence about');
  await undo.click();
  await expect(day).toHaveValue('Something else');
  await expect.poll(() => isWritten(page, 'Something else')).toBe(true);
  await page.reload();
  await expect(day).toHaveValue('Something else');
  await throwAway.click();
  await expect(undo).toBeVisible();
  await expect(undo).toHaveCount(0, { timeout: 20_000 });
  await page.reload();
  await expect(day).toHaveValue('');
  await expect(throwAway).toHaveCount(0);

  await stead.open(`/${COMMUNITY}/share/photos/${place}`);
  const picture = Buffer.from(await page.evaluate(() => Object.assign(document.createElement('canvas'), { width: 60, height: 40 }).toDataURL('image/png').split(',')[1] ?? ''), 'base64');
  await page.getByLabel('Choose a photo').setInputFiles({ name: 'cup.png', mimeType: 'image/png', buffer: picture });
  const caption = page.getByLabel('Your words to it');
  await caption.fill('The cup with the crack');
  await expect.poll(() => isWritten(page, 'The cup with the crack')).toBe(true);
  await page.reload();
  await throwAway.click();
  await expect(caption).toHaveCount(0);
  await stead.picture('photo-thrown-away');
  await undo.click();
  await expect(caption).toHaveValue('The cup with the crack');
  await expect.poll(() => isWritten(page, 'The cup with the crack')).toBe(true);
});

test('a photo is deleted and its words are changed without a network', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  const place = await save(page);
  await page.evaluate(async (address) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    await fetch(address, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: png });
  }, `/api/communities/${COMMUNITY}/places/${place}/photos`);
  await stead.open(`/${COMMUNITY}/share/photos/${place}`);
  const card = page.locator('.photos > li');
  await expect(card).toHaveCount(1);
  const onServer = async () => (await ask<{ photos: { caption: string }[] }>(page, `places/${place}/photos`)).photos.map(({ caption }) => caption);
  expectFailures(page);
  await context.setOffline(true);
  await card.getByRole('button', { name: 'Change its words' }).click();
  await card.getByLabel('Your words to it').fill('The door that is always open');
  await card.getByRole('button', { name: 'Save this photo' }).click();
  await expect(card).toContainText('The door that is always open');
  await expect(card).toContainText('Saved on this phone. Not sent yet.');
  await context.setOffline(false);
  await expect.poll(onServer, { timeout: 30_000 }).toEqual(['The door that is always open']);
  await context.setOffline(true);
  await card.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await context.setOffline(false);
  await expect.poll(onServer, { timeout: 40_000 }).toEqual([]);
});

test('whoever leaves the page has deleted for good, and is told so; without a network it can still be undone after a reload', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  for (const name of ['Bench', 'Kitchen', 'Library']) await save(page, { ...BENCH, properties: { ...BENCH.properties, name } });
  /** As the server has them, while the app is closed. */
  const left = async () => ((await (await context.request.get(`${process.env['STEAD_URL'] ?? ''}/api/communities/${COMMUNITY}/places?limit=500`)).json()) as { features: { properties: { name: string } }[] })
    .features.map(({ properties }) => properties.name).sort();
  const remove = (name: string) => page.getByRole('button', { name: `Delete ${name}` });
  const undo = page.getByRole('button', { name: 'Undo' });
  await stead.open(`/${COMMUNITY}/share`);
  await remove('Kitchen').click();
  await expect(page.locator('.leaving')).toContainText('You can undo this for 10 seconds, as long as this page stays open.');
  expectFailures(page); // the app asks again for what is gone already, and the browser logs the answer
  await page.goto('about:blank');
  await expect.poll(left).toEqual(['Bench', 'Library']);
  await stead.open(`/${COMMUNITY}/share`);
  await expect(page.getByText('Deleted when you left the page: Kitchen.')).toBeVisible();
  await expect(remove('Library')).toBeVisible();
  await expect(undo).toHaveCount(0);
  await remove('Library').click();
  await expect(undo).toBeVisible();
  await page.reload();
  await expect(page.getByText('Deleted when you left the page: Library.')).toBeVisible();
  await expect(remove('Library')).toHaveCount(0);
  await stead.picture('deleted-on-leaving');

  await context.setOffline(true);
  await remove('Bench').click();
  await expect(undo).toBeVisible();
  await page.reload();
  await undo.click();
  await expect(remove('Bench')).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await expect(remove('Bench')).toBeVisible();
  await expect.poll(left).toEqual(['Bench']);
});

test('a place that was changed elsewhere, too, keeps what was written here until the person decides', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  await stead.open(`/${COMMUNITY}/share`);
  await page.getByRole('button', { name: 'Change Bench' }).click();
  await page.getByRole('link', { name: 'Change: Story' }).click();
  await page.getByLabel('What would you like to remember about it?').fill('Written here, for an hour.');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.evaluate(async ([address, body]) => {
    const etag = (await fetch(address)).headers.get('ETag') ?? '';
    await fetch(address, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': etag }, body });
  }, [`/api/communities/${COMMUNITY}/places/${place}`, JSON.stringify(await placed(page, { ...BENCH, properties: { ...BENCH.properties, name: 'Bench by the water' } }))] as const);
  expectFailures(page); // the browser logs the refusal
  await page.getByRole('button', { name: 'Save the changes' }).click();
  const conflict = page.getByRole('alert', { name: 'This place was changed on another device' });
  await expect(conflict).toBeVisible();
  await expect(page.getByText('Written here, for an hour.')).toBeVisible();
  await conflict.getByText('See the other one').click();
  await expect(conflict).toContainText('Bench by the water');
  await stead.accessible('changed in two places');
  await stead.picture('conflict');
  await conflict.getByRole('button', { name: 'Keep what I wrote here' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  const held = await ask<{ properties: { name: string; story: string } }>(page, `places/${place}`);
  expect([held.properties.name, held.properties.story]).toEqual(['Bench', 'Written here, for an hour.']);
});

test('taking back a place whose answer was lost deletes that one, and not another that says the same', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await save(page);
  await stead.open(`/${COMMUNITY}/share`);
  expectFailures(page);
  let sent: string | null = null;
  // Until it is taken back, the app never hears an answer: however slow this machine is, it is not sent a second time.
  let untilTakenBack: Promise<void> | null = null;
  await page.route('**/places', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST' || !request.headers()['idempotency-key']) return route.continue();
    if (untilTakenBack) {
      await untilTakenBack;
      return route.continue();
    }
    if (!sent) {
      sent = request.postData();
      await route.fetch();
    }
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Add a place' }).click();
  await walk(stead, ENGLISH).answer();
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toBeVisible();
  const ids = async () => (await ask<{ features: { id: string }[] }>(page, 'places?limit=500')).features.map(({ id }) => id).sort();
  const before = await ids();
  const twin = await save(page, JSON.parse(sent ?? '{}') as object);
  expect(before).toHaveLength(2);
  untilTakenBack = page.getByRole('button', { name: 'Delete A place without a name' }).first().click();
  await untilTakenBack;
  await expect.poll(ids, { timeout: 30_000 }).toHaveLength(2);
  expect(await ids()).toContain(twin);
});

test('what the server does not take is said in the person’s language, and can be opened and changed', ONCE_ON_PHONE, async ({ stead, context }) => {
  test.slow(); // as many places as anybody may have
  const { page } = stead;
  await stead.join();
  await onDevice(page);
  const body = JSON.stringify(await placed(page, BENCH));
  await page.evaluate(async ([address, place]) => {
    const send = async () => {
      const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: place });
      if (!answer.ok) throw new Error(await answer.text());
    };
    for (let round = 0; round < 50; round += 1) await Promise.all(Array.from({ length: 10 }, send));
  }, [`/api/communities/${COMMUNITY}/places`, body] as const);
  await stead.open(`/${COMMUNITY}/share/add/where`);
  await page.getByRole('button', { name: 'Add a place' }).click();
  await walk(stead, ENGLISH).answer('One too many');
  expectFailures(page);
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'You have 500 places, and there is no room for more.' })).toBeVisible();
  await expect(page.getByText('One too many')).toBeVisible();
  await stead.picture('quota');

  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved on this phone. We send it as soon as there is a network.')).toBeVisible();
  await context.setOffline(false);
  const outbox = page.locator('.outbox');
  await expect(outbox).toContainText('You have 500 places, and there is no room for more.', { timeout: 30_000 });
  for (const [tag, words] of [['et', 'Sul on 500 kohta ja rohkem ei mahu.'], ['nb', 'Du har 500 steder, og det er ikke plass til flere.']] as const) {
    await stead.open(`/${COMMUNITY}/share?lang=${tag}`);
    await expect(outbox).toContainText(words);
  }
  await stead.open(`/${COMMUNITY}/share?lang=en`);
  // The list of 500 places is long: a slow machine is given its time to draw it.
  await expect(page.getByRole('button', { name: 'Delete Bench' })).toHaveCount(500, { timeout: 60_000 });
  await outbox.getByRole('button', { name: 'Look at it and change it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('One too many')).toBeVisible();
});

test('the form of a photo takes as many signs as the server keeps', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  const { vocabulary: { limits } } = await ask<{ vocabulary: { limits: { caption: number; alt: number } } }>(page, '');
  await page.evaluate(async (address) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    await fetch(address, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: png });
  }, `/api/communities/${COMMUNITY}/places/${place}/photos`);
  await stead.open(`/${COMMUNITY}/share/photos/${place}`);
  await page.getByRole('button', { name: 'Change its words' }).click();
  for (const [label, most] of [['Your words to it', limits.caption], ['What is to be seen', limits.alt]] as const) {
    await page.getByLabel(label).fill('');
    await page.getByLabel(label).pressSequentially('õ'.repeat(3));
    await page.getByLabel(label).evaluate((input: HTMLInputElement, text) => { input.value = text; input.dispatchEvent(new InputEvent('input', { bubbles: true })); }, 'õ'.repeat(most));
    await page.getByLabel(label).press('End');
    await page.getByLabel(label).pressSequentially('x');
    await expect(page.getByLabel(label)).toHaveValue('õ'.repeat(most));
  }
  await page.getByRole('button', { name: 'Save this photo' }).click();
  await expect.poll(async () => (await ask<{ photos: { caption: string; alt: string }[] }>(page, `places/${place}/photos`)).photos.map(({ caption, alt }) => [caption.length, alt.length]))
    .toEqual([[limits.caption, limits.alt]]);
});

test('what was begun and thrown away, and changes that were cancelled, can be had back for a moment', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await save(page);
  await stead.open(`/${COMMUNITY}/share`);
  await page.getByRole('button', { name: 'Add a place' }).click();
  await page.getByRole('radio', { name: 'A walk' }).check();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  const throwAway = page.getByRole('button', { name: 'Throw it away' });
  await throwAway.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.thrown')).toContainText('What you began is thrown away. You can undo this for 10 seconds');
  await expect(page.locator('[aria-live=polite]')).toContainText('You can undo this for 10 seconds');
  await expect(undo).toBeFocused();
  await stead.accessible('thrown away a moment ago');
  await stead.picture('thrown-away');
  await page.keyboard.press('Enter');
  await expect(throwAway).toBeFocused();
  await page.getByRole('button', { name: 'Go on with the place you began' }).click();
  await expect(page.getByRole('radio', { name: 'A walk' })).toBeChecked();
  await page.getByRole('button', { name: 'Back', exact: true }).click();

  await page.getByRole('button', { name: 'Change Bench' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Change Bench' })).toBeVisible();
  await expect(undo).toHaveCount(0);
  await page.getByRole('button', { name: 'Change Bench' }).click();
  await page.getByRole('link', { name: 'Change: Story' }).click();
  await page.getByLabel('What would you like to remember about it?').fill('Written for an hour.');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.thrown')).toContainText('Your changes are thrown away: Bench.');
  await undo.click();
  await expect(page.getByText('Written for an hour.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(undo).toBeVisible();
  await expect(undo).toHaveCount(0, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Change Bench' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeVisible();
  await expect(page.getByText('Written for an hour.')).toHaveCount(0);
});
