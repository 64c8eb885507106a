import type { Page } from '@playwright/test';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

test('about says who, what, which promise and whose data', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/about`);
  await expect(page.getByRole('heading', { level: 1, name: 'About Stead' })).toBeVisible();
  await expect(page.locator('blockquote')).not.toBeEmpty();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Places that give support as CSV' }).click();
  expect((await coming).suggestedFilename()).toMatch(/\.csv$/);
  await stead.accessible('about');
  await stead.picture('about');
});

/** What a phone would be told when somebody puts the app on its home screen now. */
const manifest = (page: Page) => page.evaluate(async () => {
  const answer = await fetch(document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.href ?? '');
  return { status: answer.status, type: answer.headers.get('Content-Type'), ...((await answer.json()) as { lang: string }) };
});

test('the language changes everywhere, stays in the address and comes back', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  expect(await manifest(page)).toMatchObject({ status: 200, lang: 'en' });
  for (const [tag, title] of [['et', 'Leia lähedalt tuge'], ['nb', 'Finn støtte i nærheten']] as const) {
    await page.locator('.language select').selectOption(tag);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    await expect(page).toHaveURL(new RegExp(`lang=${tag}`));
    await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', `/manifest.${tag}.webmanifest`);
    expect(await manifest(page)).toMatchObject({ status: 200, type: 'application/manifest+json', lang: tag });
    await stead.accessible(`find in ${tag}`);
    await stead.picture(`find-${tag}`);
  }
  await page.getByRole('link', { name: 'Bildet', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bildet av Kaldavere' })).toBeFocused();
  await stead.open(`/${COMMUNITY}/about`);
  await expect(page.getByRole('heading', { level: 1, name: 'Om Stead' })).toBeVisible();
  await stead.open(`/${COMMUNITY}/about?lang=et`);
  await expect(page.getByRole('heading', { level: 1, name: 'Steadist' })).toBeVisible();
});

test('leaving quickly shows nothing of Stead', async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  await expect(page.getByRole('list', { name: 'Places found' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave quickly' }).click();
  await expect(page).toHaveTitle('New tab');
  await expect(page).not.toHaveURL(new RegExp(COMMUNITY));
  expect((await page.locator('body').innerText()).trim()).toBe('');
});

test('somebody to talk to is on every page', async ({ stead }) => {
  const { page } = stead;
  for (const room of ['share', 'find', 'picture', 'about']) {
    await stead.open(`/${COMMUNITY}/${room}`);
    await expect(page.getByRole('contentinfo')).toContainText('Need to talk now?');
    await expect(page.getByRole('contentinfo').getByRole('link').first()).toBeVisible();
  }
});

test('an unknown community has a way on', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  // The browser logs the 404 of the community that is not there.
  page.removeAllListeners('console');
  await stead.open('/nowhere/find');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no community with that name here.' })).toBeVisible();
  await stead.accessible('an unknown community');
  await page.getByRole('link', { name: 'See the communities' }).click();
  await expect(page).toHaveURL(new RegExp(`/${COMMUNITY}/share`));
});

test('both colour schemes have enough contrast', async ({ stead }) => {
  const { page } = stead;
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const room of ['share', 'find', 'picture', 'about']) {
    await stead.open(`/${COMMUNITY}/${room}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await stead.accessible(`${room}, dark`);
    await stead.picture(`${room}-dark`);
  }
});

test.describe('on a server with several communities', () => {
  // The service worker asks for public answers itself, where no test can stand in for the server.
  test.use({ serviceWorkers: 'block' });

  test('one chooses among them', ONCE_ON_PHONE, async ({ stead }) => {
    const { page } = stead;
    // The made-up town is alone: only the list has another one.
    await page.route('**/api/communities', async (route) => {
      const response = await route.fetch();
      const { communities } = (await response.json()) as { communities: { title: string }[] };
      await route.fulfill({ response, json: { communities: [...communities, { ...communities[0], id: 'aed', title: 'Aed' }] } });
    });
    for (const tag of ['en', 'et', 'nb']) {
      await stead.open(`/?lang=${tag}`);
      await expect(page.getByRole('link', { name: 'Aed' })).toBeVisible();
      await stead.accessible(`the communities, ${tag}`);
    }
    await stead.picture('communities');
    await page.getByRole('link', { name: 'Kaldavere' }).click();
    await expect(page).toHaveURL(new RegExp(`/${COMMUNITY}/share`));
  });
});
