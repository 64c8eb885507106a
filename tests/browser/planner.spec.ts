import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';
import { textOf } from './downloads';

test('the rhythm: a week by keyboard, its picture and table, and what is open at the hour', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/rhythm`);
  await expect(page.getByRole('heading', { level: 1, name: 'When support is open in Kaldavere' })).toBeVisible();
  const rhythm = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/rhythm')).json()) as { open: number[]; supports: number });
  const hour = page.getByLabel('Hour of the week');
  await expect(hour).toHaveValue('163');
  await expect(page.locator('.sentences p').first()).toContainText(`of ${rhythm.supports} supports, ${rhythm.open[163]} are open`);

  await hour.focus();
  await page.keyboard.press('ArrowRight');
  await expect(hour).toHaveAttribute('aria-valuetext', 'Sun 20:00');
  await expect(page).toHaveURL(/hour=164/);
  await page.getByRole('button', { name: 'Wednesday evening' }).click();
  await expect(hour).toHaveValue('67');
  await expect(page.locator('.sentences p').first()).toContainText(`${rhythm.open[67]} are open`);
  await expect(page.getByRole('status').filter({ hasText: 'known to be open' })).toBeVisible();
  await stead.accessible('the rhythm');
  await stead.picture('rhythm');

  // Only a neighbourhood: its own week, and the same address shows it again.
  await page.getByLabel('Where').selectOption({ index: 1 });
  await expect(page).toHaveURL(/area=/);
  const first = page.locator('.sentences p').first();
  await expect(first).not.toContainText(`of ${rhythm.supports} supports`);
  const said = await first.textContent();
  await page.reload();
  await expect(first).toHaveText(said ?? '');
});

test('the rhythm of what is free, has a low threshold or a form, with a week for each neighbourhood', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  const first = page.locator('.sentences p').first();
  // What counts, counts in the week picture too, not only in the list; each neighbourhood has a week and its words.
  await stead.open(`/${COMMUNITY}/picture/rhythm?lang=en`);
  await expect(first).toBeVisible();
  const rhythm = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/rhythm')).json()) as { open: number[]; supports: number });
  // An hour is chosen by pressing it: Tuesday, ten o'clock is the 35th square.
  const week = page.locator('svg.week-hours');
  const side = ((await week.boundingBox())?.width ?? 0) / 532;
  await week.click({ position: { x: (44 + 10.5 * 20) * side, y: (4 + 1.5 * 20) * side } });
  await expect(page.locator('#hour')).toHaveValue('34');
  await expect(first).toContainText(`${rhythm.open[34]} are open`);
  await page.getByRole('button', { name: 'Sunday evening' }).click();
  await page.getByLabel('Only what is free of charge').check();
  await expect(page).toHaveURL(/free=true/);
  const asked = (query: string) => page.evaluate(async (what) => (await (await fetch(`/api/communities/kaldavere/rhythm?${what}`)).json()) as typeof rhythm & { neighbourhoods: { supports: number }[] }, query);
  const free = await asked('free=true&by=neighbourhood');
  expect(free.supports).toBeLessThan(rhythm.supports);
  await expect(first).toContainText(`of ${free.supports} supports, ${free.open[163]} are open`);
  await expect(page.locator('.weeks > li')).toHaveCount(free.neighbourhoods.length);
  await page.getByLabel('Only with a low threshold').check();
  const low = await asked('free=true&low_threshold=true');
  await expect(first).toContainText(`of ${low.supports} supports`);
  await page.getByLabel('What form').selectOption('clubhouse');
  const clubhouses = await asked('free=true&low_threshold=true&form=clubhouse&by=neighbourhood');
  await expect(first).toContainText(`of ${clubhouses.supports} supports`);
  await expect(page.locator('.weeks > li').nth(clubhouses.neighbourhoods.findIndex(({ supports }) => supports === 0))).toContainText('no such support');
  await page.getByText('How many are open, hour by hour').click();
  await expect(page.locator('.week-hours-table tbody td')).toHaveCount(168);
  await stead.accessible('the rhythm of clubhouses');
  await stead.picture('rhythm-clubhouses');
});

test('the surface: drawn without a map, with a table, at the bandwidths that there are', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/heat`);
  await expect(page.getByRole('img', { name: /The surface as a picture/ })).toBeVisible();
  await expect(page.locator('.sentences p')).toHaveCount(3);
  // Some spot is always the highest: what is named is what the hexagons, tested together, say.
  const hexagons = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/releases/latest/hotspots?units=cells')).json()) as { features: { properties: { class: string } }[] });
  const hot = hexagons.features.filter(({ properties }) => ['hot95', 'hot99'].includes(properties.class)).length;
  await expect(page.locator('.sentences p').first()).toContainText(hot > 0 ? `In ${hot} area` : 'That does not mean that there is none.');
  const areas = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/neighbourhoods')).json()) as { features: unknown[] });
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(areas.features.length);
  const drawn = async () => (await page.locator('svg.drawn path.area').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))).join();
  const before = await drawn();
  expect(before).not.toBe('');
  await stead.accessible('the surface');
  await stead.picture('heat');
  const smooth = page.getByLabel('How smooth');
  // Nothing finer is offered than the hexagons of this town are, which are some 920 m wide, not even by address.
  await expect(smooth.getByRole('option')).toHaveText(['Over about 1,000 metres', 'Over about 2,000 metres']);
  await stead.open(`/${COMMUNITY}/picture/heat?bandwidth=500`);
  await expect(smooth).toHaveValue('1000');
  await smooth.selectOption('2000');
  await expect(page).toHaveURL(/bandwidth=2000/);
  await expect.poll(drawn).not.toBe(before);
  await expect(page.getByText('It does not hide that Stead is used here')).toBeVisible();
  await expect(page.getByText(/^Published .* Release [0-9a-f-]{36}\. About [\d,]+ people \(likely between [\d,]+ and [\d,]+\) shared a place to be\.$/).first()).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'The whole surface (CSV)' }).click();
  const lines = (await textOf(await saved)).trimEnd().split('\r\n');
  expect(lines[0]).toBe('lon,lat,value,low_90,high_90,enough_information,measure,kernel,bandwidth_m,unit,release,made_at,policy,promise,attribution');
  const heat = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/releases/latest/heat?bandwidth=2000')).json()) as { values: (number | null)[] });
  expect(lines).toHaveLength(heat.values.filter((value) => value !== null).length + 1);
  const packaged = page.waitForEvent('download');
  await page.getByRole('link', { name: 'The whole surface (GeoPackage)' }).click();
  expect((await packaged).suggestedFilename()).toMatch(/^kaldavere-heat-[\d-]{10}\.gpkg$/);
  expect(await textOf(await packaged)).toContain('Smooth surface of Kaldavere, bandwidth 2000 m');
});

test('the picture on paper and without a map: drawn in the page, with its date and its rules', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?units=cells`);
  const answer = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/releases/latest/hotspots?units=cells')).json()) as { features: { geometry: unknown }[] });
  await page.getByText('The picture without a map').click();
  const drawing = page.locator('details svg.drawn');
  await expect(drawing).toBeVisible();
  await expect(drawing.locator('path.area')).toHaveCount(answer.features.filter(({ geometry }) => geometry).length);
  await stead.accessible('the drawing');
  await stead.picture('drawing');
  // Somebody who prints is told of just before, and what is drawn later is not on the paper.
  expect(await page.evaluate(() => (dispatchEvent(new Event('beforeprint')), document.querySelectorAll('.print-only svg.drawn').length))).toBe(1);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-only svg.drawn')).toBeVisible();
  await expect(page.getByText(/Published .* Rules: noise with a formal promise/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print this page' })).toBeHidden();
  await stead.picture('paper');
});
