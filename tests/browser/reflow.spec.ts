/**
 * Every screen at 320 px, which is 400 % of a window of 1280 (WCAG 2.2, 1.4.10): nothing to scroll sideways, and whatever
 * one presses is 44 px at least (2.5.5).
 */
import type { Page } from '@playwright/test';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

test.use({ viewport: { width: 320, height: 640 } });

const OPEN = ['share', 'share/join', 'share/return', 'find', 'find/list', 'picture', 'picture/heat', 'picture/access', 'picture/rhythm', 'picture/stories', 'about', 'staff'];
const OWN = ['share', 'share/network', 'share/collage', 'share/choices', 'share/phone', 'share/add/where'];

/** What can be pressed and is smaller than a fingertip. Links within sentences are as high as their line. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button, summary, select, textarea, input, nav a, a.button')];
    return all.flatMap((control) => {
      if (!control.checkVisibility({ visibilityProperty: true })) return [];
      // A box is ticked by its label, too, which on a card covers the whole of it.
      const target = control.matches('[type=checkbox], [type=radio]') ? (control.closest('.choice') ?? (control as HTMLInputElement).labels?.[0] ?? control) : control;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || (width >= 43.5 && height >= 43.5)) return [];
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40) ?? '';
      return [`${control.tagName.toLowerCase()}.${control.className} “${name}”: ${Math.round(width)} × ${Math.round(height)}`];
    });
  });

async function held(page: Page, screen: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
  const { needed, shown } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, shown: innerWidth }));
  expect.soft(needed, `${screen} does not scroll sideways`).toBeLessThanOrEqual(shown);
  expect.soft(await tooSmall(page), `${screen}: what is pressed is 44 px at least`).toEqual([]);
}

for (const tag of ['en', 'et', 'nb']) {
  test(`at 400 % every open screen reflows, and its targets are large: ${tag}`, ONCE_ON_DESKTOP, async ({ stead }) => {
    test.setTimeout(120_000);
    for (const screen of OPEN) {
      await stead.open(`/${COMMUNITY}/${screen}?lang=${tag}`);
      await held(stead.page, screen);
    }
  });
}

test('at 400 % the person’s own screens reflow, and their targets are large', ONCE_ON_DESKTOP, async ({ stead }) => {
  test.setTimeout(120_000);
  await stead.join();
  for (const tag of ['en', 'et', 'nb']) for (const screen of OWN) {
    await stead.open(`/${COMMUNITY}/${screen}?lang=${tag}`);
    await held(stead.page, `${screen}, ${tag}`);
  }
});
