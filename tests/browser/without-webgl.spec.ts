/** The whole product without a map: lists, tables and forms stay, and a plain note stands where the map would be. */
import { COMMUNITY, expect, test } from './fixtures';
import { counted, ENGLISH, TONGUES } from './tongues';
import { walk } from './walk';

for (const tongue of TONGUES) {
  const { tag, core, kept } = tongue;
  test(`without a map a place is added, support is found and the picture is read: ${tag}`, async ({ stead }) => {
    test.slow(); // three rooms
    const { page } = stead;
    const { press, visit, join, begin, answer, showMap } = walk(stead, tongue);
    const noMap = (said: string) => expect(page.getByText(said)).toBeVisible({ timeout: 45_000 });
    await join();
    await begin();
    await press(kept.where.map);
    await noMap(core.map.failed);
    await stead.accessible(`where without WebGL, ${tag}`);
    await answer();
    await press(core.add.save);
    await expect(page.getByText(core.mine.savedPrivate)).toBeVisible();
    await showMap();
    await noMap(core.map.failed);
    await stead.picture(`mine-without-webgl-${tag}`);

    await visit('find');
    const list = page.getByRole('list', { name: core.find.results });
    await expect(list.getByRole('listitem').first()).toBeVisible();
    await showMap();
    await noMap(core.map.failed);
    const found = page.locator('#found-count');
    const all = await found.innerText();
    await page.getByRole('button', { name: counted(core.find.free) }).first().click();
    await expect(page).toHaveURL(/free=true/);
    // The list that is chosen from is the filtered one.
    await expect(found).not.toHaveText(all);
    await list.getByRole('button').first().click();
    await press(core.find.nearHere);
    await expect(page.getByText(core.find.straight)).toBeVisible();
    await stead.accessible(`find without WebGL, ${tag}`);
    await stead.picture(`find-without-webgl-${tag}`);

    await visit('picture');
    await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible();
    await showMap();
    await noMap(core.map.failedTable);
    await expect(page.locator('.sentences p')).toHaveCount(3);
    // The drawing stands there by itself: nobody has to know that it can be opened.
    await expect(page.locator('details svg.drawn')).toBeVisible();
    await stead.accessible(`picture without WebGL, ${tag}`);
    await stead.picture(`picture-without-webgl-${tag}`);
  });
}

test('reaching support is planned from the list and from the drawing', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?form=clubhouse&minutes=15`);
  await walk(stead, ENGLISH).showMap();
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
