/** Where a place is, said by the name of a street that the town's own map has. */
import { ask } from './device';
import { ONCE_ON_PHONE, expect, test } from './fixtures';

test('a street and a park of the town are found by name, and offered with the neighbourhood they are in', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  const search = page.getByRole('searchbox');
  await search.fill('sepa tanav');
  const street = page.getByRole('radio', { name: /Sepa tänav/ }).first();
  await expect(street).toBeVisible();
  await stead.accessible('names that were found');
  await stead.picture('names-found');
  await street.check();
  await expect(page.locator('.notice-done')).toContainText('Sepa tänav');
  await search.fill('turupakr');
  await expect(page.getByRole('radio', { name: /Turupark/ }).first()).toBeVisible();
});

test('where a person is now is asked of the device once, goes into no address, and not knowing it is said in words', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  const here = page.getByRole('button', { name: 'Use where I am' });
  const { bounds: [west, south, east, north] } = await ask<{ bounds: [number, number, number, number] }>(page, '');
  await here.click();
  await expect(page.getByRole('alert')).toHaveText('Your device did not tell us where you are. Choose in another way.');
  await context.grantPermissions(['geolocation']);
  const nearby = page.waitForRequest((request) => request.url().endsWith('/supports/search') && (request.postData() ?? '').includes('near'));
  await context.setGeolocation({ longitude: (west + east) / 2 + 0.00123, latitude: (south + north) / 2 + 0.00123 });
  await here.click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.notice').filter({ hasText: 'Chosen:' })).toContainText(/\d+\.\d+/);
  await expect(page.locator('[aria-live=polite]')).toContainText('Chosen:');
  expect(JSON.stringify((await nearby).postDataJSON())).toContain('near');
  await stead.accessible('where I am now');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Being' })).toBeVisible();
  expect(addresses.filter((address) => /near=|\d\.\d*0?123/.test(address))).toEqual([]);
  expect(new URL(page.url()).search).toBe('?lang=en');
});
