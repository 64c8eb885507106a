/**
 * Every page at 320 px, which is 400 % of a window of 1280 (WCAG 2.2, 1.4.10): nothing to scroll sideways, whatever one
 * presses is 44 px at least (2.5.5), the language of the page is told (3.1.1), and axe finds nothing, by day and by night.
 */
import type { Page } from '@playwright/test';
import { save } from './bench';
import { tooSmall, tooWide } from './fingertip';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test, type Stead } from './fixtures';
import { comeIn } from './office';
import { addressesOf, PAGES, type Who } from './pages';
import { TONGUES } from './tongues';

test.use({ viewport: { width: 320, height: 640 } });

async function held(page: Page, screen: string, tag: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  expect.soft(await tooWide(page), `${screen} does not scroll sideways`).toBeLessThanOrEqual(0);
  expect.soft(await tooSmall(page), `${screen}: what is pressed is 44 px at least`).toEqual([]);
  await expect.soft(page.locator('html'), `the language of ${screen}`).toHaveAttribute('lang', tag);
}

async function everyPage(stead: Stead, who: Who, tag: string): Promise<void> {
  const { page } = stead;
  for (const { name, address } of await addressesOf(page, PAGES[who])) {
    await stead.open(`${address}${address.includes('?') ? '&' : '?'}lang=${tag}`);
    await held(page, `${name}, ${who}, ${tag}`, tag);
    // Colours and names are the same kind of thing in every language.
    if (tag !== 'en') continue;
    await stead.accessible(`${name}, ${who}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await stead.accessible(`${name}, ${who}, dark`);
    await stead.picture(`${who}-${name.replace(/\W+/g, '-')}`);
    await page.emulateMedia({ colorScheme: 'light' });
  }
}

for (const { tag } of TONGUES) {
  test(`at 400 % every page for everybody reflows, and its targets are large: ${tag}`, ONCE_ON_DESKTOP, async ({ stead }) => {
    test.setTimeout(180_000);
    await everyPage(stead, 'everybody', tag);
  });

  test(`at 400 % the person’s own pages reflow, and their targets are large: ${tag}`, ONCE_ON_DESKTOP, async ({ stead }) => {
    test.setTimeout(180_000);
    const { page } = stead;
    await stead.join();
    await save(page);
    await stead.open(`/${COMMUNITY}/share`);
    await page.getByRole('button', { name: 'Add a place' }).click();
    await expect(page).toHaveURL(/add\/where/);
    await everyPage(stead, 'participant', tag);
  });
}

test('at 400 % the pages of the staff reflow, and their targets are large', ONCE_ON_DESKTOP, async ({ stead, site }) => {
  test.setTimeout(240_000);
  const links = JSON.parse(process.env['STEAD_STAFF_LINKS'] ?? '{}') as Record<string, string>;
  for (const who of ['researcher', 'planner', 'steward'] as const) {
    await comeIn(stead.page, site, links[who] ?? '');
    for (const { tag } of TONGUES) await everyPage(stead, who, tag);
  }
});
