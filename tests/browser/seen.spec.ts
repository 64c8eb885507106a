/** What people are told that others see is what others are given, thing by thing; and who they are. */
import type { Page } from '@playwright/test';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

/** Everything that can be said of a place. */
const PLACE = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [26.7225, 58.3806] as [number, number] },
  properties: {
    name: 'Bench by the river', being: true, doing: true, story: 'Quiet in the morning.', photo_not_taken: 'The fog.', feelings: [{ feeling: 'calm', strength: 3 }],
    chime: ['hope'], activities: ['walking'], company: ['family'], support: { received: ['emotional'], given: ['instrumental'] }, barriers: ['money'],
    rhythm: { often: 'weekly', parts: ['morning'] }, since: '2024', home: false, precision: 'street',
    share: { research: true, published_maps: true, public_story: true },
  },
};

interface Seen {
  researcher: { feature: { properties: object } | null; photos: object[] };
  public: { later: { properties: object } | null };
}

/** Saves the place with a photo that is shared, and what the server says that others see of it. */
async function shared(page: Page): Promise<{ id: string; seen: Seen }> {
  return page.evaluate(async ({ community, place }) => {
    const at = `/api/communities/${community}/places`;
    const json = async (path: string, method = 'GET', body?: unknown) => {
      const answer = await fetch(path, { method, ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    };
    const about = await json(`/api/communities/${community}`);
    const [west, south, east, north] = about['bounds'] as [number, number, number, number];
    place.geometry.coordinates = [(west + east) / 2, (south + north) / 2];
    const id = String((await json(at, 'POST', place))['id']);
    const canvas = document.createElement('canvas');
    canvas.width = 40;
    canvas.height = 30;
    canvas.getContext('2d')?.fillRect(0, 0, 20, 30);
    const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    const sent = await fetch(`${at}/${id}/photos`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: picture });
    const photo = String(((await sent.json()) as { id: string }).id);
    await json(`${at}/${id}/photos/${photo}`, 'PUT', { caption: 'Mug', alt: 'A mug on a table', showed: { see: 'Warmth' }, people: 'none', share: { research: true, public_story: true } });
    const [researcher, everybody] = await Promise.all([json(`${at}/${id}/as/researcher`), json(`${at}/${id}/as/public`)]);
    return { id, seen: { researcher, public: everybody } as unknown as Seen };
  }, { community: COMMUNITY, place: PLACE });
}

test('every thing that others are given of a place stands on the page in words, in each language', ONCE_ON_PHONE, async ({ stead }) => {
  test.slow();
  const { page } = stead;
  await stead.join('For research', 'For published maps', 'As a public story');
  const { seen } = await shared(page);
  expect(Object.keys(seen.researcher.feature?.properties ?? {}).length).toBeGreaterThan(15);
  for (const [tag, title, family] of [['en', 'What others see', 'family'], ['et', 'Mida teised näevad', 'pere'], ['nb', 'Hva andre ser', 'familie']] as const) {
    await stead.open(`/${COMMUNITY}/share?lang=${tag}`);
    await page.getByText(title, { exact: true }).click();
    for (const [role, given] of [['researcher', seen.researcher.feature], ['public', seen.public.later]] as const) {
      const part = page.locator(`[data-role=${role}]`);
      await expect(part.locator('[data-keys]').first()).toBeVisible();
      for (const key of [...Object.keys(given?.properties ?? {}), 'geometry', 'type', ...(role === 'researcher' ? ['id'] : [])]) {
        const row = part.locator(`[data-keys~="${key}"]`);
        await expect(row, `${tag}, ${role}: ${key}`).toBeVisible();
        // The name in the interface is not a word for a person.
        if (key.includes('_')) await expect(row).not.toContainText(key);
      }
    }
    const research = page.locator('[data-role=researcher]');
    await expect(research.locator('[data-keys~=company]')).toContainText(family);
    await expect(research.locator('[data-keys~=story]')).toContainText('Quiet in the morning.');
    for (const key of Object.keys(seen.researcher.photos[0] ?? {})) {
      await expect(research.locator(`[data-photo-keys~="${key}"]`), `${tag}: ${key} of a photo`).toBeVisible();
    }
    await expect(research.locator('[data-photo-keys~=showed]')).toContainText('Warmth');
    await research.locator('.seen-photo img').scrollIntoViewIfNeeded();
    await expect(research.locator('.seen-photo img')).toHaveJSProperty('complete', true);
    await stead.accessible(`what others see, ${tag}`);
    await stead.picture(`what-others-see-${tag}`);
  }
});

test('what others would see is shown before anything is saved, and is what they see afterwards', async ({ stead }) => {
  test.slow();
  const { page } = stead;
  await stead.join('For research');
  await page.evaluate(async ({ community, place }) => {
    const about = (await (await fetch(`/api/communities/${community}`)).json()) as { bounds: [number, number, number, number] };
    const [west, south, east, north] = about.bounds;
    const body = { ...place, geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] }, properties: { ...place.properties, share: {} } };
    await fetch(`/api/communities/${community}/places`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  }, { community: COMMUNITY, place: PLACE });
  await stead.open(`/${COMMUNITY}/share`);
  await page.getByRole('button', { name: 'Change Bench by the river' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeVisible();
  const look = page.getByText('What others see', { exact: true });
  const research = page.locator('[data-role=researcher]');
  await look.click();
  await expect(research).toContainText('Nothing: you do not share it with them.');

  // At the question how exactly, before the one who may see it.
  await page.getByRole('link', { name: 'Change: How exactly' }).click();
  // The page before had the same to open.
  await expect(page.getByRole('radio', { name: /The area/ })).toBeVisible();
  await look.click();
  await expect(page.locator('.seen-draft')).toContainText('as if you shared it for everything that you agreed to');
  await expect(research.locator('[data-keys~=precision]')).toContainText('The street');
  await page.getByRole('radio', { name: /The area/ }).check();
  await expect(research.locator('[data-keys~=precision]')).toContainText('The area');
  await expect(page.locator('[data-role=public]')).toContainText('Nothing: you do not share it with them.');
  await stead.accessible('what others would see, at how exactly');
  await stead.picture('would-see-precision');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('link', { name: 'Change: Who sees it' }).click();
  await page.getByRole('checkbox', { name: 'Researchers may read this place' }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeVisible();
  await look.click();
  await expect(research.locator('[data-keys~=barriers]')).toContainText('money');
  await stead.accessible('what others would see, at the end');
  await stead.picture('would-see-check');
  const told = await research.locator('[data-keys~=geometry]').innerText();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My places' })).toBeVisible();
  await look.click();
  await expect(research.locator('[data-keys~=geometry]')).toHaveText(told.replace(/\n/g, ''));
});

test('people are told who runs the map and which researchers may read, before they agree', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  const said = ['Kaldavere Recovery College (made up)', 'desk@kaldavere.example'];
  for (const path of ['share', 'share/join', 'about']) {
    for (const tag of ['en', 'et', 'nb']) {
      await stead.open(`/${COMMUNITY}/${path}?lang=${tag}`);
      for (const text of said) await expect(page.locator('.runners')).toContainText(text);
      if (path !== 'share') await expect(page.locator('.researchers')).toContainText('Liis Tamm, University of Kaldavere (made up)');
    }
    await stead.accessible(`who runs it, ${path}`);
    await stead.picture(`who-runs-it-${path.replace('/', '-')}`);
  }
});

test('where no community is open, 112 stands on the page with its word', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  // The browser logs the 404 of the community that is not there.
  page.removeAllListeners('console');
  for (const [tag, word] of [['en', 'Emergency: if a life is in danger'], ['et', 'Hädaabi: kui elu on ohus'], ['nb', 'Nødnummer: hvis liv er i fare']] as const) {
    await stead.open(`/nowhere/find?lang=${tag}`);
    const help = page.getByRole('contentinfo');
    await expect(help.getByRole('link', { name: /112/ })).toHaveAttribute('href', 'tel:112');
    await expect(help).toContainText(word);
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
  }
});

test('the language of every page is the one that it is written in', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  for (const path of ['share', 'share/join', 'share/return', 'find', 'picture', 'picture/stories', 'picture/access', 'about', 'staff']) {
    for (const [tag, leave] of [['en', 'Leave quickly'], ['et', 'Lahku kiiresti'], ['nb', 'Gå raskt ut']] as const) {
      await stead.open(`/${COMMUNITY}/${path}?lang=${tag}`);
      await expect(page.getByRole('heading', { level: 1 }), `${path} ${tag}`).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
      await expect(page.getByRole('button', { name: leave })).toBeVisible();
    }
  }
});
