/** Two pictures side by side, what changed between them, and two measures of one. */
import { readFileSync } from 'node:fs';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

interface Told {
  n_tested: number;
  features: { properties: { name: string; class: string; value: number } }[];
}

test('two dates: the same numbers in words, drawing and table, in every state of the address', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Two pictures of Kaldavere, side by side' })).toBeFocused();
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  const [later, earlier] = await Promise.all(['Later', 'Earlier'].map((name) => page.getByLabel(name, { exact: true }).inputValue()));
  const told = await page.evaluate(async (path) => (await (await fetch(path)).json()) as Told, `/api/communities/${COMMUNITY}/releases/${later}/difference?from=${earlier}&measure=relative&units=neighbourhoods`);
  const of = (...classes: string[]) => told.features.filter(({ properties }) => classes.includes(properties.class)).map(({ properties }) => properties.name);
  const counted = (names: string[], some: string, none: RegExp) => (names.length > 0 ? new RegExp(`^In ${names.length} neighbourhoods?, clearly ${some} people for each 1,000 residents took part than before`) : none);
  await expect(page.locator('.sentences p')).toHaveText([
    counted(of('hot99', 'hot95'), 'more', /^In no neighbourhood did clearly more/), counted(of('cold99', 'cold95'), 'fewer', /^In no neighbourhood did clearly fewer/), new RegExp(`^Of ${told.features.length} areas`),
  ]);
  await expect(table.locator('tbody tr')).toHaveCount(told.features.length);
  await expect(page.locator('svg.drawn')).toHaveCount(3);
  await expect(page.getByText(`${told.n_tested} areas were tested together.`)).toBeVisible();
  await expect(page.getByText(/The inclusion profile and the support in reach are not here/)).toBeVisible();
  await stead.accessible('two dates');
  await stead.picture('compare-dates');

  // By keyboard, and the address keeps it.
  await page.getByRole('button', { name: 'Difference', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=value/);
  const first = table.locator('tbody tr').first();
  // The noise is drawn anew for each demonstration: what is least is what the server says is least.
  const known = told.features.map(({ properties }) => properties).filter((area) => area.class !== 'not_enough').sort((a, b) => a.value - b.value);
  await expect(first).toContainText(known[0]?.name ?? 'nothing is known');
  await page.getByLabel('What is shown').selectOption('quality');
  await expect(page).toHaveURL(/measure=quality/);
  await expect(page.locator('.sentences p').first()).toContainText('feel');
  await page.reload();
  await expect(page.getByLabel('What is shown')).toHaveValue('quality');
  await expect(page.locator('.sentences p').first()).toContainText('feel');
  await page.getByLabel('What is shown').selectOption('concentration');
  await page.getByLabel('By', { exact: true }).selectOption('cells');
  await expect(page).toHaveURL(/units=cells/);
  await expect(table.getByRole('rowheader').first()).toBeVisible();
  await stead.accessible('two dates by hexagons');
  await stead.picture('compare-cells');
});

test('a comparison is taken home with both releases in every row', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/compare`);
  const [later, earlier] = await Promise.all(['Later', 'Earlier'].map((name) => page.getByLabel(name, { exact: true }).inputValue()));
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'This table (CSV)' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8').trim().split('\r\n');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.slice(1).every((line) => line.includes(later ?? '') && line.includes(earlier ?? '') && line.includes('6.83'))).toBe(true);
  const shapes = page.waitForEvent('download');
  await page.getByRole('link', { name: 'This table with shapes (GeoJSON)' }).click();
  const file = JSON.parse(readFileSync(await (await shapes).path(), 'utf8')) as Record<string, unknown>;
  expect([file['release'], file['from'], file['stat']]).toEqual([later, earlier, 'difference']);
});

test('the maps move together', async ({ stead }) => {
  test.setTimeout(180_000);
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/compare`);
  await page.getByRole('button', { name: 'Show as maps that move together' }).click();
  const map = (name: string) => page.locator(`[data-linked=${name}]`);
  for (const name of ['then', 'now', 'difference']) await expect(map(name).locator('[data-map=ready]')).toBeVisible({ timeout: 60_000 });
  const before = await map('then').getAttribute('data-view');
  await map('then').getByRole('button', { name: 'Zoom in' }).click();
  await expect(map('then')).not.toHaveAttribute('data-view', before ?? '');
  await map('now').locator('canvas').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => new Set(await Promise.all(['then', 'now', 'difference'].map((name) => map(name).getAttribute('data-view')))).size).toBe(1);
  expect(await map('now').getAttribute('data-view')).not.toBe(before);
  await stead.picture('compare-maps');
  await stead.accessible('maps that move together');
});

test('two measures of one date: drawings, points and a table with the same numbers', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/compare`);
  await page.getByRole('button', { name: 'Two measures' }).click();
  await expect(page).toHaveURL(/of=measures/);
  const points = page.locator('svg.scatter circle');
  await expect(points.first()).toBeVisible();
  const rows = page.getByRole('table').locator('tbody tr');
  const whole = await rows.filter({ hasNotText: 'too few to show' }).count();
  await expect(points).toHaveCount(whole);
  await expect(page.locator('.sentences p')).toHaveCount(3);
  await expect(page.locator('.sentences')).not.toContainText('highest');
  await expect(page.getByText('Two numbers that stand side by side do not explain each other.')).toBeVisible();
  await stead.accessible('two measures');
  await stead.picture('compare-measures');

  // Each number with its interval, q and class; sorted by pressing a head, and the address keeps it.
  const told = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/releases/latest/hotspots?measure=quality')).json()) as Told);
  const heads = page.getByRole('columnheader', { name: 'Value' });
  await heads.nth(1).getByRole('button').click();
  await heads.nth(1).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-other-value/);
  await expect(heads.nth(1)).toHaveAttribute('aria-sort', 'descending');
  const known = told.features.map(({ properties }) => properties).filter((area) => area.class !== 'not_enough').sort((a, b) => b.value - a.value);
  await expect(rows.first()).toContainText(known[0]?.name ?? 'nothing is known');
  await expect(rows.first().locator('.class-mark')).toHaveCount(2);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'This table (CSV)' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength((await rows.count()) + 1);
  expect(lines[0]).toContain('quality_q_benjamini_hochberg,quality_class,units,relative_n_tested,quality_n_tested,release');
  await page.getByLabel('With', { exact: true }).selectOption('opportunity');
  await expect(page).toHaveURL(/other=opportunity/);
  await expect(page.locator('svg.drawn')).toHaveCount(2);
});
