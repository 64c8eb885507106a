import { COMMUNITY, expect, test } from './fixtures';

test('the picture: words, map and table say the same', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?units=cells`);
  await expect(page.getByRole('heading', { level: 1, name: 'The picture of Kaldavere' })).toBeVisible();
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  await expect(page.locator('.sentences p')).toHaveCount(3);
  for (const title of ['How to read this', 'What this cannot say']) {
    await expect(page.locator('details').filter({ hasText: title })).toHaveAttribute('open', '');
  }
  await stead.map();
  await stead.accessible('by hexagons');
  await stead.picture('by-hexagons');

  const answer = await page.evaluate(async () => {
    const response = await fetch('/api/communities/kaldavere/releases/latest/hotspots?measure=concentration&units=cells&stat=gi-star');
    return (await response.json()) as { features: { properties: { class: string; value: number } }[] };
  });
  const all = page.getByRole('button', { name: /^Show all/ });
  // A table of one page has no such button.
  if (await all.isVisible()) await all.click();
  await expect(table.locator('tbody tr')).toHaveCount(answer.features.length);
  for (const [name, words] of [['hot99', 'Many more than expected, very sure'], ['not_enough', 'Not enough information']] as const) {
    const expected = answer.features.filter(({ properties }) => properties.class === name).length;
    await expect(table.getByRole('cell', { name: words, exact: true })).toHaveCount(expected);
  }

  await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'descending');
  const enough = answer.features.filter(({ properties }) => properties.class !== 'not_enough').map(({ properties }) => properties.value);
  if (enough.length > 0) await expect(table.locator('tbody tr').first().locator('td').first()).toHaveText(Math.max(...enough).toLocaleString('en-GB'));

  await table.locator('tbody tr').first().getByRole('button').click();
  await expect(table.locator('tbody tr').first().getByRole('button')).toHaveAttribute('aria-pressed', 'true');

  // A town whose neighbourhoods are too small has none in its release, and the page says so instead of offering them.
  const byNeighbourhood = page.getByLabel('By', { exact: true }).getByRole('option', { name: 'Neighbourhoods' });
  if ((await byNeighbourhood.count()) === 0) return expect(page.getByText('No neighbourhood here has enough residents')).toBeVisible();
  await page.getByLabel('By', { exact: true }).selectOption('neighbourhoods');
  await expect(page).toHaveURL(/units=neighbourhoods/);
  await expect(table).toBeVisible();
  await stead.accessible('by neighbourhoods');
  await stead.picture('by-neighbourhoods');
});

test('the map shows stripes and outlines, not fills alone', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?units=cells`);
  await stead.map();
  await page.waitForTimeout(1500);
  const canvas = page.locator('.maplibregl-canvas');
  await canvas.scrollIntoViewIfNeeded();
  const shot = (await canvas.screenshot()).toString('base64');
  // How many pixels have the colour of the stripes, and how many that of "not enough": both must be there.
  const seen = await page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const board = document.createElement('canvas');
    board.width = image.width;
    board.height = image.height;
    const context = board.getContext('2d');
    if (!context) return null;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, board.width, board.height);
    const near = (red: number, green: number, blue: number): number => {
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (Math.abs((data[at] ?? 0) - red) < 14 && Math.abs((data[at + 1] ?? 0) - green) < 14 && Math.abs((data[at + 2] ?? 0) - blue) < 14) count++;
      }
      return count;
    };
    return { stripes: near(0x6b, 0x68, 0x62), grey: near(0xc9, 0xc6, 0xc0) };
  }, shot);
  const unsure = await page.getByRole('cell', { name: /Not enough information|Perhaps/ }).count();
  if (unsure > 0) {
    expect(seen?.stripes ?? 0).toBeGreaterThan(50);
    expect(seen?.grey ?? 0).toBeGreaterThan(50);
  }
});
