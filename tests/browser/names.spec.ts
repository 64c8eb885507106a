/** Where a place is, said by the name of a street that the town's own map has. */
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
