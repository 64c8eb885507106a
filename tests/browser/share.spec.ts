import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

test('join, add a place, change it, delete it, come back, and be deleted', async ({ stead }) => {
  test.slow(); // many screens, each held to axe
  const { page } = stead;
  await stead.open('/');
  await expect(page).toHaveURL(new RegExp(`/${COMMUNITY}/share`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kaldavere');
  await stead.accessible('welcome');
  await stead.picture('welcome');

  await page.getByRole('link', { name: 'Share your first place' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Before you start' })).toBeFocused();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'For research' }).check();
  await stead.accessible('consent');
  await stead.picture('consent');
  await page.getByRole('button', { name: 'Start' }).click();

  const code = (await page.getByTestId('return-code').textContent()) ?? '';
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  await expect(page.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await stead.accessible('return code');
  await page.getByRole('button', { name: 'Go on' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Where is the place?' })).toBeFocused();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose where the place is first');
  await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').first().check();
  await expect(page.locator('.notice').filter({ hasText: 'Chosen:' })).toBeVisible();
  await stead.accessible('where');
  await stead.picture('where');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('alert')).toContainText('being, doing, or both');
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('checkbox', { name: 'Doing' }).check();
  await stead.accessible('being and doing');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('button', { name: 'calm' }).click();
  await page.getByRole('button', { name: 'hope' }).click();
  await page.getByRole('group', { name: 'How strong is calm?' }).getByRole('radio', { name: 'very' }).check();
  await stead.accessible('feelings');
  await stead.picture('feelings');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('checkbox', { name: 'I belong here' }).check();
  await stead.accessible('meaning');
  await stead.picture('meaning');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'cooking' }).click();
  await page.getByLabel('Something else').fill('Peeling potatoes');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('button', { name: 'peeling potatoes', pressed: true })).toBeVisible();
  await stead.accessible('activities');
  await stead.picture('activities');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'a group' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  for (const [question, state] of [['What support do you get there?', 'received'], ['What support do you give there?', 'given']] as const) {
    await expect(page.getByRole('heading', { level: 1, name: question })).toBeFocused();
    await page.getByRole('checkbox', { name: 'Someone who listens' }).check();
    await stead.accessible(state);
    await stead.picture(state);
    await page.getByRole('button', { name: 'Next' }).click();
  }
  await page.getByRole('button', { name: 'opening hours' }).click();
  await stead.accessible('what gets in the way');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('radio', { name: 'About every week' }).check();
  await stead.accessible('how often');
  await stead.picture('how-often');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Evening' }).click();
  await stead.accessible('time of day');
  await stead.picture('time-of-day');
  await page.getByRole('button', { name: 'Next' }).click();
  const since = page.getByLabel('When did you start going there?');
  await since.fill('next year');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Write a year, such as 2019')).toBeVisible();
  await since.fill('5.2019');
  await stead.accessible('since when');
  await stead.picture('since-when');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('What do you call this place?').fill('Soup on Thursdays');
  await stead.accessible('its name');
  await stead.picture('name');
  await page.getByRole('button', { name: 'Next' }).click();
  const story = page.getByLabel('What would you like to remember about it?');
  await story.fill('Someone knows my name there.');
  await stead.accessible('its story');
  await stead.picture('story');

  // The tab is killed in the middle of a word, and nothing is lost.
  await page.reload();
  await expect(story).toHaveValue('Someone knows my name there.');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('What would be on a photo that you did not take?').fill('The door from inside.');
  await stead.accessible('a photo not taken');
  await stead.picture('not-taken');
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByRole('radio', { name: 'No' })).toBeChecked();
  await page.getByRole('radio', { name: /my home/ }).check();
  await stead.accessible('a home');
  await stead.picture('home');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('radio', { name: 'The area' })).toBeChecked();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('radio', { name: 'No' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  // Less exactly is never taken back for want of an answer; more exactly is.
  await expect(page.getByRole('radio', { name: 'The area' })).toBeChecked();
  await page.getByRole('radio', { name: 'The street' }).check();
  await expect(page.getByText('in an area about 130 m across')).toBeVisible();
  await stead.accessible('precision');
  await stead.picture('precision');
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByRole('checkbox', { name: 'Count this place in published maps' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Researchers may read this place' }).check();
  await stead.accessible('who may see it');
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeFocused();
  await expect(page.getByText('For research: Named researchers')).toBeVisible();
  await expect(page.getByText('I belong here')).toBeVisible();
  await expect(page.getByText('cooking and peeling potatoes')).toBeVisible();
  const said = (term: string) => page.locator('.answers > div').filter({ has: page.locator('dt').getByText(term, { exact: true }) });
  for (const [term, answer] of [['Support I get', 'Someone who listens'], ['Support I give', 'Someone who listens'], ['How often', 'About every week'], ['Time of day', 'Evening'],
    ['Since when', '2019-05'], ['Name', 'Soup on Thursdays'], ['Story', 'Someone knows my name there.'], ['The photo I did not take', 'The door from inside.'], ['Is it a home?', 'No']] as const) await expect(said(term)).toContainText(answer);
  // Each answer leads to the one screen of its question, and from there back here, whichever button is pressed.
  for (const [term, question] of [['Support I give', 'What support do you give there?'], ['Time of day', 'At what time of day are you there?'], ['Story', 'What would you like to remember about it?'], ['Is it a home?', 'Is it a home?']] as const) {
    for (const button of ['Next', 'Back']) {
      await said(term).getByRole('link').click();
      await expect(page.getByRole('heading', { level: 1, name: question })).toBeFocused();
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeFocused();
    }
  }
  await stead.accessible('check');
  await stead.picture('check');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/places'));
  await page.getByRole('button', { name: 'Save this place' }).click();
  expect(await (await sent).headerValue('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);

  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  const card = page.getByRole('listitem').filter({ hasText: 'Soup on Thursdays' });
  await expect(card).toContainText('A place to be and to do things · The street');
  await expect(card).toContainText('You share it for research');
  await stead.map();
  await stead.accessible('my places');
  await stead.picture('my-places');

  await card.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('link', { name: 'Change: Name' }).click();
  await page.getByLabel('What do you call this place?').fill('Soup on Fridays');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  const changed = page.getByRole('listitem').filter({ hasText: 'Soup on Fridays' });
  await expect(changed).toContainText('The street');

  await changed.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(changed.getByRole('button', { name: 'Change' })).toBeVisible();
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await changed.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Soup on Fridays is being deleted.' })).toBeVisible();
  expect((await deleted).status()).toBe(204);
  await expect(page.getByText('No places here yet.')).toBeVisible();

  await page.getByRole('link', { name: 'My choices' }).click();
  await page.getByRole('checkbox', { name: 'For research' }).uncheck();
  await page.getByRole('checkbox', { name: 'For published maps' }).check();
  await page.getByRole('button', { name: 'Save my choices' }).click();
  await expect(page.getByText('Your choices are saved.')).toBeVisible();
  await stead.accessible('my choices');
  await stead.picture('my-choices');
  await page.getByRole('button', { name: 'Sign out on this device' }).click();
  await expect(page.getByText('You have signed out on this device.')).toBeVisible();
  expect(await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open('stead');
    request.onsuccess = () => {
      const keys = request.result.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => resolve(keys.result);
    };
  }))).toEqual([]);

  await page.getByRole('link', { name: 'Come back with a code' }).click();
  await page.getByLabel('Your return code').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Come back' }).click();
  await page.getByRole('link', { name: 'My choices' }).click();
  await expect(page.getByRole('checkbox', { name: 'For research' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Delete me and all my places' }).click();
  await expect(page.getByRole('alert')).toContainText('Tick the box first');
  await page.getByRole('checkbox', { name: /cannot be taken back/ }).check();
  await page.getByRole('button', { name: 'Delete me and all my places' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You are deleted' })).toBeFocused();
  await expect(page.getByText('Receipt', { exact: true })).toBeVisible();
  await stead.accessible('deleted');
  await stead.picture('deleted');
});

test('with nothing agreed to, a place is for its owner alone, and says so', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: 'Doing' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('radio', { name: 'The block' })).toBeChecked();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('You have not agreed to any use by others')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  await expect(page.getByText('Only you see this')).toBeVisible();
});

test('an address of a screen that held several questions leads to the first of them', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('radio', { name: 'A walk' }).check();
  for (const [address, question] of [['support', 'What support do you get there?'], ['rhythm', 'How often are you there?'], ['story', 'What would you like to remember about it?'],
    ['questions', 'Is it a home?'], ['weather', 'Where is the place?']] as const) {
    await stead.open(`/${COMMUNITY}/share/add/${address}`);
    await expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible();
  }
});

test('a made-up person of the town comes back and sees their places', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  const code = process.env['STEAD_RETURN_CODE'] ?? '';
  expect(code, 'the server prints a return code').not.toBe('');
  await stead.open(`/${COMMUNITY}/share/return`);
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByText('Write your code here first.')).toBeVisible();
  await stead.accessible('an empty code');
  await page.getByLabel('Your return code').fill(code);
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My places' })).toBeFocused();
  await expect(page.getByRole('button', { name: /^Change / }).first()).toBeVisible();
  await stead.map();
  await stead.picture('places-of-the-town');
});

test('without a network the app says so, and goes on when it is back', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  await expect(page.getByRole('list', { name: 'Places found' })).toBeVisible();
  // The browser logs each request that fails for want of a network; that is the point of this journey.
  page.removeAllListeners('console');
  await context.setOffline(true);
  await page.getByRole('button', { name: /^Free( \(\d+\))?$/ }).click();
  await expect(page.getByRole('alert')).toContainText('You may be offline');
  await stead.accessible('offline');
  await stead.picture('offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a walk is drawn from the list, an area by tapping, and what is begun can be thrown away', async ({ stead }) => {
  test.slow(); // four maps, drawn without a graphics card
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('radio', { name: 'A walk' }).check();
  await page.getByRole('button', { name: /^Next point/ }).first().click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('A walk needs two points or more.');
  await page.getByRole('button', { name: /^Next point/ }).nth(2).click();
  await expect(page.locator('.corners')).toContainText('2 points');
  await stead.accessible('a walk');

  await page.getByRole('button', { name: 'On the map' }).click();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  await page.getByRole('radio', { name: 'An area' }).check();
  const canvas = page.locator('.map-frame canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the map has no size');
  await canvas.click({ position: { x: box.width * 0.5, y: box.height * 0.25 } });
  await canvas.click({ position: { x: box.width * 0.8, y: box.height * 0.3 } });
  await expect(page.locator('.corners')).toContainText('4 points');
  for (const _corner of [1, 2]) await page.getByRole('button', { name: 'Take back the last one' }).click();
  await canvas.click({ position: { x: box.width * 0.7, y: box.height * 0.7 } });
  await canvas.click({ position: { x: box.width * 0.3, y: box.height * 0.6 } });
  await stead.picture('drawing-an-area');
  await page.getByRole('button', { name: 'Take back the last one' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();

  await stead.open(`/${COMMUNITY}/share`);
  await expect(page.getByText('You began a place and have not saved it yet.')).toBeVisible();
  await stead.accessible('a place that was begun');
  await stead.picture('begun');
  await page.getByRole('button', { name: 'Go on with the place you began' }).click();
  await expect(page.locator('.corners')).toContainText('3 points');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Being' })).toBeChecked();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('radio', { name: 'The street' }).check();
  await expect(page.getByText('about where it runs, not exactly')).toBeVisible();
  await page.getByRole('button', { name: 'Show on map' }).click();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  await stead.picture('area-precision');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/places'));
  await page.getByRole('button', { name: 'Save this place' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ geometry: { type: 'Polygon' } });
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  await stead.map();
  await stead.picture('my-area');

  await page.getByRole('button', { name: 'Add a place' }).click();
  await page.getByRole('radio', { name: 'A walk' }).check();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByRole('button', { name: 'Add a place' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Add a place' })).toBeVisible();
});
