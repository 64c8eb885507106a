import { textOf } from './downloads';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

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

test('every measure of a release: words, legend, table, promise, and what can be taken home', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  const measure = page.getByLabel('What is shown');
  // The made-up town has neighbourhoods that are large enough, so every measure is there.
  await expect(measure.getByRole('option')).toHaveCount(5);
  const asked = async (name: string) => page.evaluate(async (of) => {
    const response = await fetch(`/api/communities/kaldavere/releases/latest/hotspots?measure=${of}`);
    return (await response.json()) as { features: { properties: { class: string; value: number; name: string; opportunity?: Record<string, number> } }[] };
  }, name);
  const table = page.getByRole('table');

  // What is told for the residents there are comes first.
  await expect(measure).toHaveValue('relative');
  await measure.selectOption('concentration');
  // Where most was mapped follows where people live, says so, and leads to what takes that into account.
  await expect(page.getByText('so a busy centre stands out in any case')).toBeVisible();
  await page.getByRole('link', { name: 'People who took part, per 1,000 residents' }).click();
  await expect(page).toHaveURL(/measure=relative/);
  await expect(measure).toHaveValue('relative');
  const relative = await asked('relative');
  await expect(table.locator('tbody tr')).toHaveCount(relative.features.length);
  await expect(page.locator('.sentences p')).toHaveCount(3);
  const sure = relative.features.filter(({ properties }) => ['hot95', 'hot99'].includes(properties.class)).length;
  await expect(page.locator('.sentences p').first()).toContainText(sure > 0 ? `In ${sure} neighbourhood` : 'In no neighbourhood');
  await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
  const values = relative.features.flatMap(({ properties }) => (properties.class === 'not_enough' ? [] : properties.value));
  await expect(table.locator('tbody tr').first().locator('td').first()).toHaveText(Math.max(...values).toLocaleString('en-GB', { maximumFractionDigits: 1 }));
  await stead.map();
  await stead.accessible('per 1,000 residents');
  await stead.picture('relative');

  await measure.selectOption('profile');
  await expect(page.getByRole('columnheader', { name: 'Experience: feelings' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Support in reach' })).toBeVisible();
  await expect(page.getByText('it gives no ranks and is no verdict').first()).toBeVisible();
  await stead.accessible('the profile');
  await stead.picture('profile');

  await measure.selectOption('opportunity');
  await page.getByLabel('Type of support').selectOption('emotional');
  await expect(page).toHaveURL(/reach=emotional/);
  const shares = (await asked('profile')).features.flatMap(({ properties }) => properties.opportunity?.['emotional'] ?? []);
  const most = Math.max(...shares).toLocaleString('en-GB', { style: 'percent', maximumFractionDigits: 0 });
  await expect(page.locator('.sentences p').first()).toContainText(`(${most})`);
  await stead.accessible('support in reach');
  await stead.picture('opportunity');

  // The address holds the state.
  await page.reload();
  await expect(page.getByLabel('Type of support')).toHaveValue('emotional');

  await measure.selectOption('quality');
  await expect(page.getByText('from −1 (unpleasant) to 1 (pleasant)').first()).toBeVisible();
  await expect(page.getByText('It does not hide that Stead is used here')).toBeVisible();
  // Nobody feels "fewer": the planted cold area is where they feel less well, in those words.
  const felt = await asked('quality');
  expect(felt.features.some(({ properties }) => properties.class.startsWith('cold'))).toBe(true);
  for (const [name, words] of [['cold95', 'Less well than elsewhere, sure'], ['cold99', 'Much less well than elsewhere, very sure'], ['none', 'About as elsewhere']] as const) {
    await expect(table.getByRole('cell', { name: words, exact: true })).toHaveCount(felt.features.filter(({ properties }) => properties.class === name).length);
  }
  await expect(page.getByText('Plus: better than elsewhere. Minus: less well.').first()).toBeVisible();
  await stead.picture('quality');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'This table (CSV)' }).click();
  const file = await (await saved).createReadStream();
  let text = '';
  for await (const part of file) text += String(part);
  expect(text.split('\r\n')).toHaveLength(relative.features.length + 2);
  expect(text).toContain('q_benjamini_hochberg');
  const shapes = page.waitForEvent('download');
  await page.getByRole('link', { name: 'This table with shapes (GeoJSON)' }).click();
  const collection = JSON.parse(await textOf(await shapes)) as { features: unknown[]; made_at: string; guarantee: string; release: string; attribution: string | null };
  expect(collection.features).toHaveLength(relative.features.length);
  expect(collection.guarantee).toContain('ε = 2.14');
  expect([Date.parse(collection.made_at) > 0, 'attribution' in collection]).toEqual([true, true]);
  for (const format of ['CSV', 'GeoJSON', 'GeoPackage']) {
    const address = await page.getByRole('link', { name: `All published numbers (${format})` }).getAttribute('href');
    expect((await page.request.get(new URL(address ?? '', page.url()).href)).status()).toBe(200);
  }
});

test('the map shows stripes and outlines, not fills alone', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?units=cells`);
  await stead.map();
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
