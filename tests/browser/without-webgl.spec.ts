/** The whole product without a map: lists, tables and forms stay, and a plain note stands where the map would be. */
import { COMMUNITY, expect, test } from './fixtures';

test('find support works, and says why there is no map', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  await expect(page.getByRole('list', { name: 'Places found' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByText('The map cannot be drawn on this device.')).toBeVisible({ timeout: 45_000 });
  const found = page.getByRole('heading', { level: 2, name: / places$/ });
  const all = await found.innerText();
  await page.getByRole('button', { name: /^Free( \(\d+\))?$/ }).click();
  await expect(page).toHaveURL(/free=true/);
  // The list that is chosen from is the filtered one.
  await expect(found).not.toHaveText(all);
  await page.getByRole('list', { name: 'Places found' }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Search near here' }).click();
  await expect(page.getByText(/^Distances are in a straight line\./)).toBeVisible();
  await stead.accessible('find without WebGL');
  await stead.picture('find-without-webgl');
});

test('the picture keeps its words and its table', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
  await expect(page.getByText('The map cannot be drawn on this device.')).toBeVisible({ timeout: 45_000 });
  await expect(page.locator('.sentences p')).toHaveCount(3);
  // The drawing stands there by itself: nobody has to know that it can be opened.
  await expect(page.locator('details svg.drawn')).toBeVisible();
  await stead.accessible('picture without WebGL');
  await stead.picture('picture-without-webgl');
});

test('a place can be added from the list', async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'On the map' }).click();
  await expect(page.getByText('The map cannot be drawn on this device.')).toBeVisible({ timeout: 45_000 });
  await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
});

test('reaching support is planned from the list and from the drawing', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?form=clubhouse&minutes=15`);
  await expect(page.getByText('The map cannot be drawn on this device.')).toBeVisible({ timeout: 45_000 });
  await page.getByText('The picture without a map').click();
  const drawing = page.locator('details svg.drawn');
  await drawing.locator('.drawn-counts').first().click();
  await page.getByRole('button', { name: 'Close it in the plan' }).click();
  await expect(page.getByText(/residents would lose it/)).toBeVisible();
  await expect(page.getByRole('figure').getByRole('img')).toHaveCount(2);
  await stead.accessible('access without WebGL');
  await stead.picture('access-without-webgl');
});

test('a comparison is whole, and says in place of its maps that there are none', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/compare`);
  await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
  await expect(page.locator('svg.drawn')).toHaveCount(3);
  await page.getByRole('button', { name: 'Show as maps that move together' }).click();
  await expect(page.getByText('The map cannot be drawn on this device.').first()).toBeVisible({ timeout: 45_000 });
  await stead.accessible('a comparison without WebGL');
});
