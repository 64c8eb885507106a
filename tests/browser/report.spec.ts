/** What leaves the picture: a PNG, a link that stays, a page of paper; and how the picture looks to other eyes. */
import { bytesOf } from './downloads';
import type { Hotspots, Neighbourhoods, Release } from '../../web/src/api/types';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

/** How many pages a PDF has: each has a dictionary of its own, which Chromium does not compress. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;

const RELEASE = /Release [0-9a-f-]{36}/;
/** Nothing of participants is in it: the directory of today, with its date. */
const DIRECTORY = /Worked out on \d+ \w+ \d{4} from the public directory\. No personal data\./;
const CHOSE = 'They do not stand for everyone who lives here.';
const CREDIT = '© OpenStreetMap contributors';
const NOBODY = 'These numbers do not stand for everybody.';

for (const { path, name, says } of [
  { path: 'picture?units=cells', name: /^stead-kaldavere-concentration-cells-\d{4}-\d\d-\d\d\.png$/, says: ['Where people who took part mapped places', RELEASE, CHOSE] },
  { path: 'picture?measure=opportunity&reach=emotional', name: /^stead-kaldavere-opportunity-emotional-/, says: ['Support in reach, by type: Emotional', RELEASE, CHOSE] },
  { path: 'picture/heat', name: /^stead-kaldavere-surface-1000m-/, says: ['Where people mapped most', RELEASE, CHOSE] },
  { path: 'picture/compare?units=cells', name: /^stead-kaldavere-difference-concentration-cells-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.png$/, says: ['the difference from', /Earlier: Published .*Release [0-9a-f-]{36}/, /Later: Published .*Release [0-9a-f-]{36}/, CHOSE] },
  { path: 'picture/compare?of=measures', name: /^stead-kaldavere-relative-quality-/, says: ['People who took part, per 1,000 residents and How people felt at their places', RELEASE, CHOSE] },
  { path: 'picture/access?minutes=15&free=true', name: /^stead-kaldavere-access-\d{4}-\d\d-\d\d\.png$/, says: ['Reaching support in Kaldavere: Any support · Only what is free of charge · 15 minutes on foot', DIRECTORY, NOBODY] },
  { path: 'picture/access?open=26.72,58.38,library', name: /^stead-kaldavere-access-/, says: ['With your changes', DIRECTORY, NOBODY] },
  { path: 'picture/rhythm?hour=34', name: /^stead-kaldavere-rhythm-\d{4}-\d\d-\d\d\.png$/, says: ['When support is open in Kaldavere: Any support', 'Tue 10:00', DIRECTORY, NOBODY] },
]) {
  test(`${path} is saved as a PNG that says what it is`, ONCE_ON_DESKTOP, async ({ stead }, info) => {
    const { page } = stead;
    // The made-up town credits nobody.
    await page.route(`**/api/communities/${COMMUNITY}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), attribution: CREDIT } });
    });
    await stead.open(`/${COMMUNITY}/${path}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as picture (PNG)' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(name);
    const png = await bytesOf(download);
    await download.saveAs(info.outputPath(download.suggestedFilename()));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const text = png.toString('utf8');
    for (const said of says) expect(text).toMatch(said);
    expect(text).toContain(CREDIT);
    const seen = await page.evaluate(async (encoded) => {
      const image = new Image();
      image.src = `data:image/png;base64,${encoded}`;
      await image.decode();
      const board = document.createElement('canvas');
      [board.width, board.height] = [image.width, image.height];
      const context = board.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
      const colours = new Map<string, number>();
      for (let at = 0; at < data.length; at += 4 * 17) {
        const colour = [data[at], data[at + 1], data[at + 2]].join();
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
      }
      return { width: image.width, height: image.height, colours: [...colours].filter(([, count]) => count > 40).length };
    }, png.toString('base64'));
    // Twice the 900 CSS pixels of the sheet, with paper, ink and several fills on it.
    expect(seen.width).toBe(1800);
    expect(seen.height).toBeGreaterThan(1100);
    expect(seen.colours).toBeGreaterThan(5);
  });
}

test('a font that never comes does not keep anybody from their picture', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await page.addInitScript(() => {
    document.fonts.load = () => new Promise(() => undefined);
  });
  await stead.open(`/${COMMUNITY}/picture/access`);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as picture (PNG)' }).click();
  expect((await bytesOf(await saved)).subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('every state has an address, and the exact link names the release', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?measure=relative`);
  const table = page.getByRole('table').first();
  await table.locator('tbody tr').nth(2).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'People, about' }).getByRole('button').click();
  await expect(page).toHaveURL(/area=[0-9a-f-]{36}.*sort=people/);
  const chosen = await table.locator('tr.is-chosen').textContent();
  await page.getByRole('button', { name: 'Copy link to exactly this picture' }).click();
  const link = (await page.locator('.exact-link').textContent()) ?? '';
  const query = new URL(link).searchParams;
  expect([query.get('measure'), query.get('units'), query.get('sort')]).toEqual(['relative', 'neighbourhoods', 'people']);
  expect(query.get('release')).toMatch(/^[0-9a-f-]{36}$/);
  await page.goto(link);
  await expect(table.locator('tr.is-chosen')).toHaveText(chosen ?? '');
  await expect(page.getByRole('columnheader', { name: 'People, about' })).toHaveAttribute('aria-sort', 'ascending');
});

test('the report is of the picture that it was opened from, and every report after it, too', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?lang=en`);
  const published = page.getByLabel('Published', { exact: true });
  await published.selectOption({ index: 1 });
  const older = await published.inputValue();
  const of = page.locator('.report-made').first();
  await page.getByRole('link', { name: 'One-page report: Kaldavere' }).click();
  await expect(of).toContainText(`Release ${older}.`);
  await page.locator('.report-table tbody a').first().click();
  await expect(page.locator('.report-table tbody tr')).toHaveCount(4);
  await expect(of).toContainText(`Release ${older}.`);
  await page.getByRole('link', { name: 'Back to the picture' }).click();
  await expect(published).toHaveValue(older);
  // From a row of the table, too.
  const row = page.getByRole('table').first().locator('tbody tr').nth(2);
  await row.getByRole('button').click();
  await row.getByRole('link', { name: 'One-page report' }).click();
  await expect(of).toContainText(`Release ${older}.`);
});

test('a report, two dates and two measures have a link that stays when the next release comes', ONCE_ON_DESKTOP, async ({ stead, site }) => {
  const { page } = stead;
  const [newest, before] = await page.request.get(`${site.origin}/api/communities/${COMMUNITY}/releases`).then(async (answer) => ((await answer.json()) as { releases: { id: string }[] }).releases.map(({ id }) => id));
  for (const [path, pinned] of [
    ['report', { release: newest }],
    ['compare', { of: 'releases', release: newest, from: before, measure: 'relative', units: 'neighbourhoods' }],
    ['compare?of=measures', { of: 'measures', release: newest, measure: 'relative', other: 'quality' }],
  ] as const) {
    await stead.open(`/${COMMUNITY}/picture/${path}`);
    await page.getByRole('button', { name: 'Copy link to exactly this picture' }).click();
    const link = (await page.locator('.exact-link').textContent()) ?? '';
    expect(Object.fromEntries(new URL(link).searchParams), path).toEqual(pinned);
  }
});

test('a link to a release that was called back says so, and takes no other in its place without a word', ONCE_ON_DESKTOP, async ({ page, site }) => {
  const { releases } = (await (await page.request.get(`${site.origin}/api/communities/${COMMUNITY}/releases`)).json()) as { releases: { id: string }[] };
  const gone = { ...releases[0], id: '00000000-0000-7000-8000-000000000001', totals: null, recalled: { at: '2026-03-04T09:00:00Z', reason: 'A layer was drawn twice.' } };
  await page.route(`**/api/communities/${COMMUNITY}/releases`, (route) => route.fulfill({ json: { releases: [releases[0], gone] } }));
  await page.goto(`${site.origin}/${COMMUNITY}/picture/report?release=${gone.id}`);
  await expect(page.getByText('The reason: A layer was drawn twice.')).toBeVisible();
  await expect(page.locator('.report-table')).toHaveCount(0);
  // Where another date can stand in its place, that is said.
  for (const path of ['heat', 'compare', 'compare?of=measures']) {
    await page.goto(`${site.origin}/${COMMUNITY}/picture/${path}${path.includes('?') ? '&' : '?'}release=${gone.id}`);
    await expect(page.getByRole('status').filter({ hasText: 'The reason: A layer was drawn twice.' })).toContainText('Below is another date.');
  }
});

test('a release that was called back says why, and leaves no picture under its date', ONCE_ON_DESKTOP, async ({ page, site }) => {
  const { releases } = (await (await page.request.get(`${site.origin}/api/communities/${COMMUNITY}/releases`)).json()) as { releases: { id: string; made_at: string }[] };
  const [now] = releases;
  const gone = { ...now, id: '00000000-0000-7000-8000-000000000001', made_at: '2026-03-01T08:00:00Z', totals: null, recalled: { at: '2026-03-04T09:00:00Z', reason: 'A layer was drawn twice.' } };
  // Only the list is the test's own: calling the town's release back would take it from every other journey.
  await page.route(`**/api/communities/${COMMUNITY}/releases`, (route) => route.fulfill({ json: { releases: [now, gone] } }));
  await page.goto(`${site.origin}/${COMMUNITY}/picture`);
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.getByLabel('Published', { exact: true }).selectOption({ label: '1 March 2026 (called back)' });
  await expect(page.getByText('The reason: A layer was drawn twice.')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.locator('.sentences')).toHaveCount(0);
});

test('the support in reach is drawn without the stripes, outlines and marks of how people felt', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  // One answer holds both, and its classes are of how people felt. Here every area has one, whatever the noise of this town is.
  await page.route('**/hotspots?measure=profile*', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { features: { properties: { class: string } }[] };
    for (const { properties } of answer.features) properties.class = 'above';
    await route.fulfill({ response, json: answer });
  });
  await stead.open(`/${COMMUNITY}/picture?measure=opportunity`);
  await page.locator('details').filter({ hasText: 'The picture without a map' }).evaluate((details: HTMLDetailsElement) => (details.open = true));
  const drawing = page.locator('details svg.drawn');
  await expect(drawing.locator('path.area')).toHaveCount(20);
  await expect(drawing.locator('.stripes, .sure, .mark')).toHaveCount(0);
  await page.getByLabel('What is shown').selectOption('profile');
  await expect(drawing.locator('.sure')).toHaveCount(20);
  await expect(drawing.locator('.mark')).toHaveCount(20);
});

test('the profile shows the numbers of the whole community by kind of place', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture?measure=profile`);
  const release = await page.evaluate(async () => (await (await fetch('/api/communities/kaldavere/releases/latest')).json()) as { totals: { kind: string; people: number; enough: boolean }[] });
  const table = page.getByRole('region', { name: 'In the whole community' });
  await expect(table.locator('tbody tr')).toHaveCount(7);
  const hope = release.totals.find(({ kind }) => kind === 'hope');
  await expect(table.getByRole('row', { name: /^Hope/ })).toContainText(hope?.enough ? String(hope.people) : 'too few');
  await stead.accessible('the profile with its shares');
});

test('the profile of a release of many participants shows all of experience, its mix and how varied activities are', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  // The made-up town is too small for these numbers: the test has the server's answer tell them.
  await page.route('**/hotspots?measure=profile*', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Hotspots;
    answer.features.forEach(({ properties }, at) => {
      const of = (value: number) => ({ value: value + at / 100, low: value - 0.05, high: value + 0.25 });
      properties.class = 'not_distinguishable';
      properties.experience = {
        score: of(0.61), valence: of(0.42), mix: of(0.33), diversity: of(0.24),
        kinds: Object.fromEntries(['being', 'doing', 'connectedness', 'hope', 'identity', 'meaning', 'empowerment'].map((kind) => [kind, of(0.5)])),
      };
    });
    await route.fulfill({ response, json: answer });
  });
  await stead.open(`/${COMMUNITY}/picture?measure=profile&sort=name`);
  await page.getByRole('columnheader', { name: 'Experience', exact: true }).getByRole('button').click();
  await expect(page.locator('[id^=area-]').first()).toContainText('61 56 to 86');
  await page.getByRole('columnheader', { name: 'Experience', exact: true }).getByRole('button').click();
  await expect(page.locator('[id^=area-]').first()).toContainText('80 56 to 86');
  const shares = page.getByRole('region', { name: 'Their places, in shares' });
  for (const head of ['Feelings', 'Being, of being and doing', 'How varied activities are']) await expect(shares.getByRole('columnheader', { name: head, exact: true })).toBeVisible();
  const cells = shares.locator('tbody tr').first().locator('td');
  await expect(cells).toHaveCount(10);
  await expect(cells.nth(7)).toContainText('42 37 to 67');
  await expect(cells.nth(8)).toContainText('33% 28% to 58%');
  await expect(cells.nth(9)).toContainText('24% 19% to 49%');
  await expect(page.getByText('No mix is the right one.')).toBeVisible();
  await stead.accessible('the profile of many participants');
  await stead.picture('profile-of-many');
});

test('neighbourhoods that get no number are named with the reason, and grey instead of blank, in the picture and in the report', ONCE_ON_DESKTOP, async ({ stead, site }) => {
  const { page } = stead;
  // All of the made-up town’s are large enough: the test has the server leave out two.
  const { features } = (await (await page.request.get(`${site.origin}/api/communities/${COMMUNITY}/neighbourhoods`)).json()) as Neighbourhoods;
  const [small, unknown] = features.map(({ id, properties: { name } }) => ({ id, name }));
  if (!small || !unknown) throw new Error('The made-up town has neighbourhoods.');
  await page.route(`**/api/communities/${COMMUNITY}/releases`, async (route) => {
    const response = await route.fetch();
    const { releases } = (await response.json()) as { releases: Release[] };
    const left_out: Release['left_out'] = [{ ...small, why: 'few_residents' }, { ...unknown, why: 'unknown_residents' }];
    await route.fulfill({ response, json: { releases: releases.map((release) => ({ ...release, left_out })) } });
  });
  await page.route('**/hotspots?*', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Hotspots;
    await route.fulfill({ response, json: { ...answer, features: answer.features.filter(({ properties: { unit } }) => unit !== small.id && unit !== unknown.id) } });
  });
  await stead.open(`/${COMMUNITY}/picture`);
  await expect(page.getByText(`because fewer than 5,000 people live in each: ${small.name}.`)).toBeVisible();
  await expect(page.getByText(`nobody has told us how many people live in each: ${unknown.name}.`)).toBeVisible();
  await expect(page.getByRole('table').first().locator('tbody tr')).toHaveCount(18);
  await page.getByText('The picture without a map').click();
  await expect(page.locator('details svg.drawn path.area')).toHaveCount(20);
  await stead.accessible('with neighbourhoods left out');
  await stead.picture('left-out');
  await stead.open(`/${COMMUNITY}/picture/report/${small.id}`);
  await expect(page.getByText(`because fewer than 5,000 people live in each: ${small.name}.`)).toBeVisible();
  await expect(page.getByText('nobody has told us')).toHaveCount(0);
  await expect(page.locator('svg.drawn path.area')).toHaveCount(20);
  for (const report of ['report', `report/${small.id}`]) {
    await stead.open(`/${COMMUNITY}/picture/${report}`);
    await expect(page.locator('.report-table tbody tr').first()).toBeVisible();
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))).toBe(1);
  }
});

for (const [language, of, town] of [['en', 'one-page report', 'Kaldavere'], ['et', 'ülevaade ühel lehel', 'Kaldavere'], ['nb', 'rapport på én side', 'Kaldavere']] as const) {
  test(`the report is exactly one A4 page, of the town and of each of three neighbourhoods (${language})`, ONCE_ON_DESKTOP, async ({ stead }, info) => {
    const { page } = stead;
    await stead.open(`/${COMMUNITY}/picture/report?lang=${language}`);
    await expect(page.getByRole('heading', { level: 1, name: `${town}: ${of}` })).toBeVisible();
    await expect(page.locator('.report-table tbody tr')).toHaveCount(20);
    await stead.accessible(`report of the town, ${language}`);
    await stead.picture(`report-town-${language}`);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: info.outputPath(`town-${language}.pdf`) });
    expect(pagesOf(pdf)).toBe(1);
    const hrefs = await page.locator('.report-table tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    for (const href of [hrefs[0], hrefs[9], hrefs[19]]) {
      await stead.open(href ?? '');
      await expect(page.locator('.report-table tbody tr')).toHaveCount(4);
      const one = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: info.outputPath(`area-${language}.pdf`) });
      expect(pagesOf(one)).toBe(1);
    }
    await stead.accessible(`report of a neighbourhood, ${language}`);
    await stead.picture(`report-area-${language}`);
  });
}

test('the report of a neighbourhood says the same numbers as the picture, and one that is not there says so', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture/report`);
  const link = page.locator('.report-table tbody a').first();
  const unit = (await link.getAttribute('href'))?.split('/').at(-1)?.split('?')[0] ?? '';
  await link.click();
  await expect(page.locator('.report-table tbody tr')).toHaveCount(4);
  const found = await page.evaluate(async (of) => {
    const answer = (await (await fetch('/api/communities/kaldavere/releases/latest/hotspots?measure=concentration&units=neighbourhoods')).json()) as { features: { properties: { unit: string; people: number; value: number; class: string } }[] };
    return answer.features.find(({ properties }) => properties.unit === of)?.properties;
  }, unit);
  const first = page.locator('.report-table tbody tr').first();
  await expect(first.locator('td').first()).toHaveText(found?.class === 'not_enough' ? 'not enough information' : Math.round(found?.value ?? NaN).toLocaleString('en-GB'));
  await stead.accessible('report of a neighbourhood');
  await stead.picture('report-area');
  await stead.open(`/${COMMUNITY}/picture/report/00000000-0000-7000-8000-000000000000`);
  await expect(page.getByText('This community has no such neighbourhood.')).toBeVisible();
});

for (const sight of ['achromatopsia', 'deuteranopia', 'protanopia', 'tritanopia'] as const) {
  test(`more and fewer can be told apart on map, legend and table with ${sight}`, ONCE_ON_DESKTOP, async ({ stead }) => {
    const { page } = stead;
    await stead.open(`/${COMMUNITY}/picture?units=cells`);
    await stead.map();
    const browser = await page.context().newCDPSession(page);
    await browser.send('Emulation.setEmulatedVisionDeficiency', { type: sight });
    await stead.picture(`picture-${sight}`);
    // Every class in the legend is another drawing, not only another colour.
    const looks = await page.locator('.legend .class-mark').evaluateAll((marks) => marks.map((mark) => {
      const { backgroundImage, borderTopWidth } = getComputedStyle(mark);
      return [backgroundImage, borderTopWidth, mark.querySelector('.mark')?.getAttribute('d') ?? ''].join(' | ');
    }));
    expect(new Set(looks).size).toBe(8);
  });
}

test('the promise is said with its exact numbers, where it is made and where it is asked for', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/picture`);
  const promise = page.locator('.reading-notes section');
  for (const number of ['2.14', '3.13', '6.83', 'one in a million']) await expect(promise).toContainText(number);
  await promise.getByText('The exact promise (in English)').click();
  await expect(promise.locator('blockquote')).toContainText('ε = 2.14 and δ = 1e-6');
  await expect(promise.locator('blockquote')).toContainText('3.13');
  await expect(promise.locator('blockquote')).toContainText('6.83');
});
