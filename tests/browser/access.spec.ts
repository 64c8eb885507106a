import { COMMUNITY, expect, test } from './fixtures';

test('reaching support: words, map and table say the same, and a plan changes them', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  await page.getByRole('link', { name: 'Reaching support' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Reaching support in Kaldavere' })).toBeFocused();
  await page.getByLabel('What kind of support').selectOption({ label: 'Library' });
  await page.getByLabel('How long a walk').selectOption({ label: '15 minutes on foot' });
  await expect(page).toHaveURL(/kind=library&minutes=15/);
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  await expect(page.locator('.sentences p').first()).toContainText('have one within 15 minutes on foot');
  const answer = await page.evaluate(async () => {
    const response = await fetch('/api/communities/kaldavere/access?type=library&minutes=15');
    return (await response.json()) as { total: { residents_within: number }; neighbourhoods: { name: string; share_within: number }[] };
  });
  await expect(table.locator('tbody tr')).toHaveCount(answer.neighbourhoods.length);
  await expect(page.locator('.sentences p').first()).toContainText(answer.total.residents_within.toLocaleString('en-GB'));
  const least = Math.min(...answer.neighbourhoods.map(({ share_within }) => share_within));
  await expect(table.locator('tbody tr').first()).toContainText(`${Math.round(100 * least)}%`);
  await stead.map();
  await stead.accessible('as it is');
  await stead.picture('access-as-it-is');

  const closing = page.getByRole('group', { name: 'What if these closed?' }).getByRole('checkbox');
  await closing.first().check();
  await expect(page.getByText(/With your changes, about [\d,]+ residents would lose it and 0 would gain it\./)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Would lose it' })).toBeVisible();
  await page.getByRole('button', { name: 'Open one in the middle of the map' }).click();
  await expect(page.getByText('Your plan: 1 closing, 1 opening.')).toBeVisible();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible();
  await stead.accessible('with a plan');
  await stead.picture('access-with-a-plan');

  // The address is the plan: somebody else sees the same.
  const said = await page.locator('.sentences').textContent();
  await page.reload();
  await expect(page.locator('.sentences')).toHaveText(said ?? '');
  await page.getByRole('button', { name: 'Back to how it is' }).click();
  await expect(page).not.toHaveURL(/close|open/);
});

test('reaching support works with the keyboard and in every language', async ({ stead }) => {
  const { page } = stead;
  for (const [lang, title] of [['et', 'Toeni jõudmine: Kaldavere'], ['nb', 'Å nå støtte i Kaldavere']] as const) {
    await stead.open(`/${COMMUNITY}/picture/access?lang=${lang}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole('table')).toBeVisible();
    await stead.accessible(lang);
  }
  await stead.open(`/${COMMUNITY}/picture/access?lang=en`);
  const first = page.getByRole('group', { name: 'What if these closed?' }).getByRole('checkbox').first();
  await first.focus();
  await page.keyboard.press('Space');
  await expect(first).toBeChecked();
  await expect(page.getByText(/residents would lose it/)).toBeVisible();
});
