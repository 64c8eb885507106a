import type { Page } from '@playwright/test';
import { expectFailures } from './device';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

interface Found {
  features: { id: string; geometry: { coordinates: [number, number] } | null; properties: { name: string; form: string } }[];
}
interface Told {
  residents_losing: number;
  neighbourhoods: { name: string; share_losing: number }[];
  types: { support: string; residents_losing: number }[];
}

/** Asks the real server what the page asks. */
const ask = <T>(page: Page, path: string, body?: unknown): Promise<T> =>
  page.evaluate(async ([where, sent]) => {
    const init = sent === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent) };
    return (await (await fetch(`/api/communities/kaldavere/${where as string}`, init)).json()) as never;
  }, [path, body] as const) as Promise<T>;

test('reaching support: words, map and table say the same, and a plan changes them', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  await page.getByRole('link', { name: 'Reaching support' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Reaching support in Kaldavere' })).toBeFocused();
  await page.getByLabel('What kind of support').selectOption({ label: 'Library' });
  await page.getByLabel('How long a walk').selectOption({ label: '15 minutes on foot' });
  await expect(page).toHaveURL(/kind=library&minutes=15/);
  const table = page.getByRole('table').first();
  await expect(table).toBeVisible();
  await expect(page.locator('.sentences p').first()).toContainText('have one within 15 minutes on foot');
  const answer = await ask<{ total: { residents_within: number }; neighbourhoods: { name: string; share_within: number }[] }>(page, 'access?type=library&minutes=15');
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
  await expect(page.getByRole('columnheader', { name: 'Would lose it' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Open one in the middle of the map' }).click();
  await expect(page.getByText('Your plan: 1 closing, 1 opening.')).toBeVisible();
  await expect(page.getByRole('figure').getByRole('img')).toHaveCount(2);
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible();
  await stead.accessible('with a plan');
  await stead.picture('access-with-a-plan');

  // Another kind is looked at: the plan stays, and the page says that it is about something else.
  await page.getByLabel('What kind of support').selectOption({ label: 'Any support' });
  await expect(page.getByText('Your plan: 1 closing, 1 opening.')).toBeVisible();
  await expect(page.locator('.sentences p').first()).toContainText('Any support');
  await page.getByLabel('What kind of support').selectOption({ label: 'Park' });
  await expect(page.getByText('2 changes of your plan are about other kinds or other times, so they change nothing in this picture.')).toBeVisible();
  await expect(page.getByRole('group', { name: 'What if these closed?' }).getByRole('checkbox').first()).toBeChecked();
  await page.getByLabel('What kind of support').selectOption({ label: 'Library' });

  // The address is the plan: somebody else sees the same.
  await expect(page.locator('.sentences p').first()).toContainText('Library');
  const said = await page.locator('.sentences').textContent();
  await page.reload();
  await expect(page.locator('.sentences')).toHaveText(said ?? '');
  await page.getByRole('button', { name: 'Back to how it is' }).click();
  await expect(page).not.toHaveURL(/close|open/);
});

test('closing the town’s clubhouses shows who loses them, by neighbourhood and by type, with the keyboard alone', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&form=clubhouse&minutes=15`);
  const list = page.getByRole('group', { name: 'What if these closed?' }).getByRole('checkbox');
  await expect(list.first()).toBeVisible();
  const clubhouses = (await ask<Found>(page, 'supports?form=clubhouse')).features;
  await expect(list).toHaveCount(clubhouses.length);
  for (let i = 0; i < clubhouses.length; i++) {
    await list.nth(i).focus();
    await page.keyboard.press('Space');
    await expect(list.nth(i)).toBeChecked();
    await expect(page.getByText(`Your plan: ${i + 1} closing, 0 opening.`)).toBeVisible();
  }
  const told = await ask<Told>(page, 'what-if', { close: clubhouses.map(({ id }) => id), form: ['clubhouse'], minutes: 15 });
  const losers = [...told.neighbourhoods].filter(({ share_losing }) => share_losing > 0).sort((a, b) => b.share_losing - a.share_losing);
  expect(losers.length).toBeGreaterThan(0);
  await expect(page.getByText(`about ${told.residents_losing.toLocaleString('en-GB')} residents would lose it`)).toBeVisible();
  await expect(page.locator('.sentences')).toContainText(losers[0]?.name ?? '');
  const types = page.getByRole('region', { name: 'The same by type of support' });
  for (const { support, residents_losing } of told.types) {
    const name = { emotional: 'Emotional', instrumental: 'Practical help', informational: 'Information', appraisal: 'Feedback and being seen' }[support] ?? '';
    await expect(types.getByRole('row', { name: new RegExp(`^${name}`) })).toContainText(residents_losing.toLocaleString('en-GB'));
  }
  // Before and after, drawn in one scale: who lost everything is pale on the right and was not on the left.
  const shade = (side: number, at: number) => page.getByRole('figure').nth(side).locator('path').nth(at).getAttribute('class');
  const areas = await ask<{ features: { properties: { name: string } }[] }>(page, 'neighbourhoods');
  const worst = areas.features.findIndex(({ properties }) => properties.name === losers[0]?.name);
  expect(await shade(1, worst)).toContain('fill-step-0');
  expect(await shade(0, worst)).not.toContain('fill-step-0');
  await stead.accessible('the clubhouses closed');
  await stead.picture('access-clubhouses');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/Worked out on .* from the public directory/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print this page' })).toBeHidden();
  await stead.picture('access-paper');
});

test('a plan is made on the map, too: a support is closed and one opens at a spot', async ({ stead, viewport }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&form=clubhouse&minutes=15`);
  await expect(page.getByRole('table').first()).toBeVisible();
  // The drawing without a map takes the same presses as the map.
  await page.getByText('The picture without a map').click();
  const drawing = page.locator('details svg.drawn');
  await drawing.locator('.drawn-counts').first().click();
  await page.getByRole('button', { name: 'Close it in the plan' }).click();
  await expect(drawing.locator('.drawn-closing')).toHaveCount(1);
  await expect(page.getByText('Your plan: 1 closing, 0 opening.')).toBeVisible();
  await drawing.locator('.drawn-closing').first().click();
  await page.getByRole('button', { name: 'Keep it open' }).click();
  await expect(page).not.toHaveURL(/close=/);
  await page.getByLabel('When it would be open').selectOption({ label: 'Monday to Friday, 10 to 18' });
  await drawing.click({ position: { x: (viewport?.width ?? 1280) > 900 ? 60 : 40, y: 60 } });
  await page.getByRole('button', { name: 'Open one at this spot' }).click();
  await expect(page).toHaveURL(/open=/);
  await expect(page.getByText('Your plan: 0 closing, 1 opening.')).toBeVisible();
  await expect(page.getByText(/· Mo-Fr 10:00-18:00/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to how it is' }).click();

  await stead.map();
  const map = page.locator('[data-map=ready] canvas');
  const box = await map.boundingBox();
  await map.click({ position: { x: (box?.width ?? 200) / 2, y: (box?.height ?? 200) / 2 } });
  const picked = page.locator('.picked-spot');
  await expect(picked).toBeVisible();
  await picked.getByRole('button').first().click();
  await expect(page.getByText(/Your plan: (1 closing, 0 opening|0 closing, 1 opening)\./)).toBeVisible();
});

test('a time, and links that are old or name what is gone', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&kind=library`);
  await page.getByLabel('Open when').selectOption({ label: 'Sun' });
  await page.getByLabel('At what time').selectOption({ label: '19:00' });
  await expect(page).toHaveURL(/hour=163/);
  await expect(page.locator('.sentences')).toContainText(/Sun 19:00: \d+ known to be open, \d+ closed\. Of \d+ nobody told us the hours/);
  await stead.accessible('at a time');
  // A link of the days when a plan had one kind, with a support that there never was.
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&kind=library&close=00000000-0000-0000-0000-00000000ffff&open=26.7,58.38`);
  await expect(page.getByText('1 part of this plan is left out: the support is not here any more, or the link says too little.')).toBeVisible();
  await expect(page.getByText(/^Library, new at/)).toBeVisible();
});

test('reaching support goes home as a table and as shapes that say what was asked', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&kind=library`);
  const saved = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    const stream = await file.createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return { name: file.suggestedFilename(), text: Buffer.concat(parts).toString('utf8') };
  };
  const table = await saved('This table (CSV)');
  expect(table.name).toMatch(/^stead-kaldavere-access-\d{4}-\d{2}-\d{2}\.csv$/);
  expect(table.text.split('\r\n')[0]).toContain('share_within');
  expect(table.text).toContain('""type"":[""library""]');
  const shapes = JSON.parse((await saved('This table with shapes (GeoJSON)')).text) as { metadata: { asked: string }; features: { properties: { share_within: number } }[] };
  expect(shapes.metadata.asked).toContain('library');
  expect(shapes.features.length).toBe(table.text.trimEnd().split('\r\n').length - 1);

  // A plan is sent, and comes back as a file; when nobody answers, that is said, and asked again.
  await stead.open(`/${COMMUNITY}/picture/access?lang=en&kind=library&open=26.7,58.38`);
  await expect(page.getByText(/^Library, new at/)).toBeVisible();
  await page.route('**/what-if.gpkg', (route) => route.abort(), { times: 1 });
  expectFailures(page);
  await page.getByRole('button', { name: 'This table with shapes (GeoPackage)' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  const plan = await saved('Try again');
  expect(plan.name).toMatch(/^stead-kaldavere-access-\d{4}-\d{2}-\d{2}\.gpkg$/);
  expect(plan.text.slice(0, 15)).toBe('SQLite format 3');
  expect(plan.text).toContain('would open: library, which counts');
  await expect(page.getByRole('alert')).toBeHidden();
});

test('reaching support speaks every language', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  for (const [lang, title] of [['et', 'Toeni jõudmine: Kaldavere'], ['nb', 'Å nå støtte i Kaldavere']] as const) {
    await stead.open(`/${COMMUNITY}/picture/access?lang=${lang}&form=clubhouse`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole('table')).toBeVisible();
    await stead.accessible(lang);
  }
});
