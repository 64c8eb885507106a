/** A steward keeps the directory right: adds, changes, closes and merges supports, and sees what became of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONCE_ON_DESKTOP, expect } from './fixtures';
import { comeIn, officeTest } from './office';

const COMMUNITY = 'jogeva';

const support = (id: number, name: string, properties: object = {}) => ({
  type: 'Feature', id: `node/${id}`, geometry: { type: 'Point', coordinates: [26.39 + id / 1000, 58.74] }, properties: { amenity: 'library', name, ...properties },
});
const LIBRARY = support(1, 'Jõgeva raamatukogu', { opening_hours: 'Mo-Fr 10:00-18:00', phone: '+372 776 0001' });
const TWIN = support(2, 'Jõgeva linnaraamatukogu', { website: 'https://raamatukogu.example', wheelchair: 'yes' });
const OLD = support(3, 'Vana raamatukogu');
const CAFE = support(4, 'Kohvik Aed', { amenity: 'cafe' });

const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Jõgeva', '--country', 'EE', '--time-zone', 'Europe/Tallinn');
  const folder = mkdtempSync(join(tmpdir(), 'stead-supports-'));
  const file = join(folder, 'osm.geojson');
  // The second time one of them is gone.
  for (const features of [[LIBRARY, TWIN, OLD, CAFE], [LIBRARY, TWIN, CAFE]]) {
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
    stead('import', 'supports', file, '--community', COMMUNITY);
  }
  rmSync(folder, { recursive: true });
});

test('add, change, close and merge supports, and see what became of them', async ({ stead, office }, info) => {
  test.setTimeout(180_000);
  const { page } = stead;
  const { origin } = office;
  const api = `${origin}/api/communities/${COMMUNITY}/supports`;
  const title = (name: string) => page.getByRole('heading', { level: 1, name });
  const list = page.locator('.directory-list');
  const email = `mari.${info.project.name}@vald.example`;
  await comeIn(page, office, office.link(email, 'steward'));
  await page.getByRole('link', { name: 'Go to the directory' }).click();
  await expect(title('The directory')).toBeFocused();
  await expect(list.getByRole('link')).toHaveText(['Jõgeva linnaraamatukogu', 'Jõgeva raamatukogu', 'Kohvik Aed']);
  await stead.accessible('the directory');

  // What is missing in its source, and a search that forgives.
  await page.getByLabel('Show').selectOption('missing');
  await expect(list.getByRole('link')).toHaveText(['Vana raamatukogu']);
  await expect(list).toContainText('Missing in its source since');
  await page.getByLabel('Show').selectOption('all');
  await expect(list.getByRole('link')).toHaveCount(4);
  await stead.picture('directory-list');
  await page.getByLabel('Name, address or kind').fill('kohvk');
  await expect(list.getByRole('link')).toHaveText(['Kohvik Aed']);

  // A new one: the server's words stand beside the field.
  await page.getByRole('link', { name: 'Add a support' }).click();
  await expect(title('Add a support')).toBeFocused();
  await stead.accessible('an empty form');
  await stead.picture('directory-add');
  await page.getByLabel('Name', { exact: true }).fill('Kogemusgrupp Aed');
  await page.getByLabel('Form', { exact: true }).selectOption({ label: 'Peer group' });
  await page.getByRole('button', { name: 'Someone who listens' }).click();
  await page.getByLabel('Someone asks after you', { exact: false }).check();
  await page.getByLabel('Staff with lived experience').selectOption('Yes');
  await page.getByLabel('Price', { exact: true }).selectOption('Costs little');
  await page.getByLabel('Amount').fill('2,50');
  await page.getByRole('button', { name: 'Estonian' }).click();
  await page.getByLabel('Another language').fill('so');
  await page.getByRole('button', { name: 'Add the language' }).click();
  await expect(page.getByRole('button', { name: 'Somali' })).toHaveAttribute('aria-pressed', 'true');
  // Every second Tuesday, and then the first Tuesday of a month.
  await page.getByRole('button', { name: 'Add a repeating time' }).click();
  const repeats = page.getByRole('group', { name: /^Every 2 weeks: Tue/ });
  await expect(repeats).toBeVisible();
  await repeats.getByLabel('How often').selectOption('Every month');
  const monthly = page.getByRole('group', { name: /^Every month: Tue number 1, 17:00–19:00/ });
  await monthly.getByLabel('Which of the month').selectOption('The last');
  const last = page.getByRole('group', { name: /^Every month: the last Tue, 17:00–19:00/ });
  await last.getByLabel('To', { exact: true }).fill('20:30');
  await expect(page.getByRole('group', { name: /^Every month: the last Tue, 17:00–20:30/ })).toBeVisible();
  await stead.accessible('a repeating time');
  await stead.picture('directory-schedule');
  await page.getByRole('button', { name: /^Take away: Every month/ }).click();
  await expect(page.getByRole('button', { name: 'Add a repeating time' })).toBeFocused();
  await page.getByLabel('Opening hours').fill('sometimes');
  // The browser logs what the server refuses.
  page.removeAllListeners('console');
  const add = page.getByRole('button', { name: 'Add to the directory' });
  await add.click();
  await expect(page.getByLabel('Opening hours')).toBeFocused();
  await expect(page.getByLabel('Opening hours')).toHaveAccessibleDescription(/We cannot read these hours/);
  await stead.accessible('a field that is wrong');
  await page.getByLabel('Opening hours').fill('Tu 17:00-19:00');
  await expect(page.getByText('Tue: 17:00–19:00')).toBeVisible();
  await add.click();
  await expect(page.getByText('Give it a position on the map', { exact: false })).toBeVisible();

  // By the cross on the map, with the keyboard.
  await page.getByRole('button', { name: 'Choose on the map' }).press('Enter');
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  await page.getByRole('region', { name: 'Map for choosing a place' }).press('ArrowRight');
  await page.getByRole('region', { name: 'Map for choosing a place' }).press('Enter');
  await expect(page.getByText(/^Its position: /)).toBeVisible();
  await expect(page.getByText('Give it a position on the map', { exact: false })).toHaveCount(0);
  await stead.accessible('a position on the map');
  await stead.picture('directory-map');
  await page.getByRole('button', { name: 'Choose on the map' }).click();
  await page.getByText('Type coordinates').click();
  await page.getByLabel('Latitude').fill('58.745');
  await page.getByLabel('Longitude').fill('26.395');
  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(page.getByText('Its position: 58.745; 26.395')).toBeVisible();
  await page.getByRole('button', { name: 'Checked today' }).click();
  await page.getByRole('button', { name: 'Add a repeating time' }).click();
  await add.click();
  await expect(title('Kogemusgrupp Aed')).toBeFocused();
  await expect(page.getByText('Added. People find it now.')).toBeVisible();
  const id = page.url().split('/').at(-1) ?? '';
  const added = await (await page.request.get(`${api}/${id}`)).json() as { properties: Record<string, unknown>; geometry: unknown };
  expect(added.geometry).toEqual({ type: 'Point', coordinates: [26.395, 58.745] });
  expect(added.properties).toMatchObject({
    name: 'Kogemusgrupp Aed', form: 'peer_group', category: 'peer_group', support_types: ['emotional'], closeness: ['outreach'], lived_experience: true,
    price: 'low', price_amount: { amount: '2.50', currency: 'EUR' }, languages: ['et', 'so'], opening_hours: 'Tu 17:00-19:00', source: 'steward',
  });
  expect(added.properties['last_checked']).toMatch(/^20\d\d-/);
  expect(added.properties['schedules']).toMatchObject([{ freq: 'WEEKLY', interval: 2, byday: ['TU'], opens_at: '17:00', closes_at: '19:00' }]);

  // Somebody else is faster: nothing that was typed is lost.
  await page.getByLabel('Telephone').fill('+372 5555');
  const theirs = await page.request.put(`${api}/${id}`, {
    headers: { Origin: origin, 'If-Match': '"1"' }, data: { ...added, properties: { ...added.properties, organisation: 'Aia selts' } },
  });
  expect(theirs.status()).toBe(200);
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await save.click();
  await expect(page.getByRole('heading', { name: 'Somebody changed this support after you opened it' })).toBeVisible();
  await expect(page.locator('.changes')).toContainText('Aia selts');
  await stead.accessible('a newer version');
  await stead.picture('directory-stale');
  await page.getByRole('button', { name: 'Load the newer version and keep my changes' }).click();
  await expect(page.getByLabel('Run by')).toHaveValue('Aia selts');
  await expect(page.getByLabel('Telephone')).toHaveValue('+372 5555');
  await save.click();
  await expect(page.getByText('Saved. People see it now.')).toBeVisible();

  // What became of it, in words.
  await page.getByRole('link', { name: 'History' }).click();
  await expect(title('History: Kogemusgrupp Aed')).toBeFocused();
  const changes = page.locator('ol > li');
  await expect(changes.nth(0)).toContainText(/Changed.*by mari.*Telephone.*\+372 5555/s);
  await expect(changes.nth(1)).toContainText('Aia selts');
  await expect(changes.nth(2)).toContainText('Added');
  await changes.nth(2).getByText('What was written down').click();
  await expect(changes.nth(2)).toContainText('Someone asks after you when you stay away.');
  await stead.accessible('history');
  await stead.picture('directory-history');

  // A secret place keeps neither position nor address.
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByLabel('Its place must stay secret').check();
  await expect(page.getByText('Confidential: no position and no address are kept.')).toBeVisible();
  await save.click();
  await expect(page.getByText('Saved. People see it now.')).toBeVisible();
  expect((await (await page.request.get(`${api}/${id}`)).json() as { geometry: unknown }).geometry).toBeNull();

  // Closing on a day, then now.
  await page.getByRole('link', { name: 'Close', exact: true }).click();
  await page.getByRole('radio', { name: 'On a day' }).check();
  await page.getByRole('button', { name: 'Close this support' }).click();
  await expect(page.getByText('Choose the last day.')).toBeVisible();
  await page.getByLabel('Last day').fill('2099-12-31');
  await stead.accessible('closing');
  await stead.picture('directory-close');
  await page.getByRole('button', { name: 'Close this support' }).click();
  await expect(page.getByText('It closes after 31 December 2099. People see that.')).toBeVisible();
  await expect(page.getByLabel('Last day')).toHaveValue('2099-12-31');
  await page.getByRole('link', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Close this support' }).click();
  await expect(page.getByText('Closed. People do not find it in the list any more.')).toBeVisible();
  await page.goto(`${origin}/${COMMUNITY}/staff/directory?show=closed`);
  await expect(list.getByRole('link')).toHaveText(['Kogemusgrupp Aed']);

  // Two that are one.
  await page.getByLabel('Show').selectOption('listed');
  await page.getByRole('link', { name: 'Jõgeva linnaraamatukogu' }).click();
  await expect(page.getByText('It came by an import.', { exact: false })).toBeVisible();
  await page.getByRole('link', { name: 'Merge' }).click();
  await page.getByRole('button', { name: 'Merge them' }).click();
  await expect(page.getByText('First choose the one that stays.')).toBeVisible();
  await page.getByLabel('Search the one that stays').fill('raamatukogu');
  await page.getByRole('radio', { name: 'Jõgeva raamatukogu' }).check();
  await expect(page.getByText(/^It takes over: .*Website/)).toBeVisible();
  await stead.accessible('merging');
  await stead.picture('directory-merge');
  const old = page.url().replace(/\/merge$/, '');
  await page.getByRole('button', { name: 'Merge them' }).click();
  await expect(title('Jõgeva raamatukogu')).toBeFocused();
  await expect(page.getByText('Merged. This one now stands for “Jõgeva linnaraamatukogu”, too.')).toBeVisible();
  await expect(page.getByLabel('Website')).toHaveValue('https://raamatukogu.example');
  await stead.picture('directory-edit');
  await page.goto(old);
  await expect(title('Jõgeva raamatukogu')).toBeVisible();
});

test('the directory in Estonian and Norwegian, and closed to others', ONCE_ON_DESKTOP, async ({ stead, office }, info) => {
  const { page } = stead;
  await comeIn(page, office, office.link(`kari.${info.project.name}@kommune.example`, 'steward'));
  for (const [tag, title, add] of [['et', 'Kataloog', 'Lisa tugi'], ['nb', 'Katalogen', 'Legg til støtte']] as const) {
    await page.goto(`${office.origin}/${COMMUNITY}/staff/directory?lang=${tag}&show=all`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await stead.accessible(`the directory, ${tag}`);
    await page.getByRole('link', { name: add }).click();
    await expect(page.getByRole('heading', { level: 1, name: add })).toBeVisible();
    await stead.accessible(`an empty form, ${tag}`);
    await stead.picture(`directory-add-${tag}`);
  }
  // The browser logs that the session has gone.
  page.removeAllListeners('console');
  await page.context().clearCookies();
  await comeIn(page, office, office.link(`uku.${info.project.name}@ulikool.example`, 'researcher'));
  await expect(page.getByRole('link', { name: 'Go to the directory' })).toHaveCount(0);
  await page.goto(`${office.origin}/${COMMUNITY}/staff/directory`);
  await expect(page.getByRole('heading', { level: 1, name: 'For staff' })).toBeVisible();
});
