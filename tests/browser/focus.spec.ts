/** Whoever goes by keyboard sees where they are, and whoever wants nothing to move is not moved. */
import type { Page } from '@playwright/test';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';

const PAGES = ['share', 'find', 'share/join', 'about'];
const STOPS = 14;

/** What has the focus, and how thick the line around it is that a person sees: its own, or its label's or card's. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const around = [element, element instanceof HTMLInputElement ? element.nextElementSibling : null, element.closest('label, .choice, .tick, .file-button')];
    const drawn = around.map((one) => {
      if (!one?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return 0;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      return outlineStyle === 'none' || /, 0\)$/.test(outlineColor) ? 0 : Number.parseFloat(outlineWidth);
    });
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
    return { name: `${element.tagName.toLowerCase()}.${element.className} “${name}”`, line: Math.max(...drawn) };
  });

/** What takes time to change on this page: transitions and animations longer than a few milliseconds. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const milliseconds = (durations: string) => Math.max(...durations.split(',').map((one) => Number.parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)));
    return [...document.querySelectorAll('body *')].flatMap((element) => [undefined, '::before', '::after'].flatMap((pseudo) => {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, pseudo);
      const longest = Math.max(milliseconds(transitionDuration), animationName === 'none' ? 0 : milliseconds(animationDuration));
      return longest > 5 ? [`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}${pseudo ?? ''}: ${longest} ms`] : [];
    }));
  });

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}

test('whatever Tab reaches has a line around it that is seen', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  for (const path of PAGES) {
    await stead.open(`/${COMMUNITY}/${path}`);
    await settled(page);
    const seen = new Set<string>();
    for (let stop = 0; stop < STOPS; stop++) {
      await page.keyboard.press('Tab');
      const now = await focused(page);
      if (!now) break; // past the last one
      seen.add(now.name);
      expect.soft(now.line, `${path}: the line around ${now.name}`).toBeGreaterThanOrEqual(3);
    }
    expect(seen.size, `${path}: what Tab reached`).toBeGreaterThan(5);
    await stead.picture(`focus-${path.replace('/', '-')}`);
  }
});

test('with reduced motion nothing takes its time on any page', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  for (const path of PAGES) {
    await stead.open(`/${COMMUNITY}/${path}`);
    await settled(page);
    expect(await moving(page), path).toEqual([]);
  }
});

test.describe('without a wish for reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });
  test('a person joins, looks for support and leaves quickly', ONCE_ON_DESKTOP, async ({ stead }) => {
    const { page } = stead;
    await stead.open(`/${COMMUNITY}/share`);
    await settled(page);
    // The check above finds something, where something may move; and it is short.
    const found = await moving(page);
    expect(found).not.toEqual([]);
    expect(found.filter((one) => Number(/(\d+) ms$/.exec(one)?.[1]) > 150)).toEqual([]);
    await stead.join();
    await page.getByRole('banner').getByRole('link', { name: 'Find support', exact: true }).click();
    await expect(page.getByRole('list', { name: 'Places found' })).toBeVisible();
    await page.getByRole('button', { name: 'Leave quickly' }).click();
    await expect(page).toHaveTitle('New tab');
  });
});
