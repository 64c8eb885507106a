import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

test('find support: filter, search, choose, and the map follows', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  const list = page.getByRole('list', { name: 'Places found' });
  await expect(list).toBeVisible();
  const all = await page.getByRole('heading', { level: 2, name: /places?$/ }).textContent();
  await stead.accessible('all supports');
  await stead.picture('all-supports');

  await page.getByRole('button', { name: /^Free( \(\d+\))?$/ }).click();
  await expect(page).toHaveURL(/free=true/);
  await expect(page.getByRole('heading', { level: 2, name: /places?$/ })).not.toHaveText(all ?? '');
  const free = (await page.getByRole('heading', { level: 2, name: /places?$/ }).textContent()) ?? '';
  await expect(page.locator('[aria-live=polite]').filter({ hasText: free })).toHaveCount(1);
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('button', { name: /^Someone who listens \(\d+\)$/ }).click();
  await expect(page).toHaveURL(/support=emotional/);
  await page.getByLabel('Open at a day and hour').fill('2031-03-05T12:00');
  await expect(page).toHaveURL(/open=2031-03-05T12%3A00/);
  const on = page.getByRole('list', { name: 'Filters that are on' });
  await expect(on.getByRole('listitem')).toHaveText([/^Someone who listens/, /^Free/, /^Open Wednesday 5 March 2031 12:00/]);
  await stead.accessible('filters open');
  await stead.picture('filters-open');
  await page.reload();
  await expect(page.getByRole('button', { name: /^Free( \(\d+\))?$/ })).toHaveAttribute('aria-pressed', 'true');
  await on.getByRole('button', { name: /^Remove the filter: Open/ }).click();
  await expect(page).not.toHaveURL(/open=/);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /places?$/ })).toHaveText(all ?? '');

  await page.getByLabel('Name or word').fill('zzzz-nothing');
  await expect(page.getByText('No place fits all of that.')).toBeVisible();
  await stead.accessible('nothing found');
  await page.getByRole('button', { name: 'Clear the filters' }).last().click();
  await expect(list).toBeVisible();

  const name = list.getByRole('button').nth(2);
  await name.click();
  await expect(name).toHaveAttribute('aria-expanded', 'true');
  await stead.map();
  await stead.accessible('with the map');
  await stead.picture('with-the-map');
  await page.getByRole('button', { name: 'Search near here' }).click();
  await expect(page.getByText(/^Distances are in a straight line\./)).toBeVisible();
  await expect(list.locator('.support-facts .figures').first()).toBeVisible();
  await expect(list.locator('.support-facts').last()).toContainText(/about \d+ min on foot/);
  await stead.picture('nearest-first');
  const distances = await list.locator('.support-facts .figures').allTextContents();
  const metres = distances.map((text) => parseFloat(text.replace(',', '')) * (text.endsWith('km') ? 1000 : 1));
  expect(metres.length).toBeGreaterThan(3);
  expect([...metres].sort((a, b) => a - b)).toEqual(metres);
});

test('where a person is travels in the body, never in an address', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await context.grantPermissions(['geolocation']);
  await stead.open(`/${COMMUNITY}/find`);
  await expect(page.getByRole('list', { name: 'Places found' })).toBeVisible();
  const bounds = await page.evaluate(async () => ((await (await fetch('/api/communities/kaldavere')).json()) as { bounds: number[] }).bounds);
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const here = { longitude: (west + east) / 2 + 0.00123, latitude: (south + north) / 2 + 0.00123 };
  await context.setGeolocation(here);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  const search = page.waitForRequest((request) => request.url().endsWith('/supports/search') && (request.postData() ?? '').includes('near'));
  await page.getByLabel('Near', { exact: true }).selectOption('here');
  expect((await search).postDataJSON()).toMatchObject({ near: [here.longitude, here.latitude] });
  await expect(page.getByText(/^Distances are in a straight line\./)).toBeVisible();
  expect(addresses.filter((address) => /near|\d\.00?123/.test(address))).toEqual([]);
  expect(page.url()).not.toMatch(/near|lat|lon/);
});

test('choosing on the map chooses in the list', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  const list = page.getByRole('list', { name: 'Places found' });
  await expect(list).toBeVisible();
  await stead.map();
  await list.getByRole('button').first().click();
  await expect(page.locator('.support.is-chosen')).toHaveCount(1);
  const first = await page.locator('.support.is-chosen .support-name').textContent();
  // The chosen support is now in the middle of the map. Fold it in the list, then press it on the map.
  await page.locator('.support.is-chosen .support-name').click();
  await expect(page.locator('.support.is-chosen')).toHaveCount(0);
  const canvas = page.locator('.maplibregl-canvas');
  await canvas.scrollIntoViewIfNeeded();
  await expect(async () => {
    const box = await canvas.boundingBox();
    if (!box) throw new Error('The map has no size.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(page.locator('.support.is-chosen .support-name')).toHaveText(first ?? '', { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
});

test('what is open is said, what is not known is not called open', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find?open=now`);
  await expect(page.getByRole('heading', { level: 2, name: /places?$/ }).or(page.getByText('No place fits all of that.')).first()).toBeVisible();
  for (const text of await page.locator('.support-hours').allTextContents()) expect(text).toMatch(/^Open/);
  await stead.open(`/${COMMUNITY}/find`);
  const open = page.locator('.support').filter({ has: page.locator('.is-open, .is-closed') }).first();
  await open.getByRole('button').first().click();
  await expect(open.getByRole('list', { name: 'Hours in an ordinary week' }).getByRole('listitem')).toHaveCount(7);
  await stead.accessible('details with the week');
  await stead.picture('details');
});
