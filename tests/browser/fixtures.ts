/** What every journey is held to: no other host, no console error, no broken content policy, no axe finding. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { tooSmall, tooWide } from './fingertip';
import { ENGLISH } from './tongues';
import { walk } from './walk';

export const COMMUNITY = 'kaldavere';

/** 400 % of a window of 1280 px (WCAG 2.2, 1.4.10). */
const NARROWEST = 320;

/** For journeys in which nothing depends on the width of the window: walked once, where it is quickest or likeliest. */
export const ONCE_ON_PHONE = { tag: '@once-on-phone' };
export const ONCE_ON_DESKTOP = { tag: '@once-on-desktop' };

/** The server and the community that a journey visits. */
export interface Site {
  origin: string;
  community: string;
}

export interface Stead {
  page: Page;
  /** The community that is visited. */
  community: string;
  open(path: string): Promise<void>;
  /** No finding of axe in this state of the page, nothing to press that is smaller than a fingertip, and no scrolling sideways. */
  accessible(state: string): Promise<void>;
  /** Keeps a picture of this state among the results, to be looked at by a person. */
  picture(state: string): Promise<void>;
  /** Joins as somebody new, with no consent or with the purposes named, and stands before "my places". */
  join(...purposes: string[]): Promise<void>;
  /** Waits until the map has been drawn; on phones it has to be asked for. */
  map(): Promise<void>;
}

export const test = base.extend<{ stead: Stead; site: Site }>({
  site: async ({ baseURL: _unused }, use) => use({ origin: process.env['STEAD_URL'] ?? '', community: COMMUNITY }),
  stead: async ({ page, site: { origin, community } }, use, info) => {
    const wrong: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== origin) wrong.push(`asked another host: ${request.url()}`);
    });
    page.on('console', (message) => {
      // Software drawing is slow and says so; that is the test machine, not the page.
      if (/GPU stall|ReadPixels/.test(message.text())) return;
      // Journeys that play the server's part switch the service worker off, and the browser says so.
      if (/Service Worker registration blocked by Playwright/.test(message.text())) return;
      // A browser without WebGL says so itself when a page tries.
      if (info.project.name.startsWith('no-webgl') && /WebGL/i.test(message.text())) return;
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => wrong.push(`exception: ${error.message}`));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
    });

    const stead: Stead = {
      page,
      community,
      open: async (path) => void (await page.goto(origin + path)),
      accessible: async (state) => {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
        expect(found, `axe, ${state}`).toEqual([]);
        expect(await tooSmall(page), `what is pressed is 44 px at least, ${state}`).toEqual([]);
        const sizes = [page.viewportSize()];
        // A phone at 320 px shows what it shows at any other width.
        if (info.project.name === 'phone') sizes.push({ width: NARROWEST, height: 640 });
        for (const size of sizes) {
          if (size) await page.setViewportSize(size);
          expect(await tooWide(page), `nothing reaches out of a window of ${size?.width} px sideways, ${state}`).toBeLessThanOrEqual(0);
        }
        if (sizes.length > 1 && sizes[0]) await page.setViewportSize(sizes[0]);
      },
      picture: async (state) => {
        await page.screenshot({ path: info.outputPath(`${state}.png`), fullPage: true });
      },
      join: (...purposes) => walk(stead, ENGLISH).join(...purposes),
      map: async () => {
        await walk(stead, ENGLISH).showMap();
        await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
      },
    };
    await use(stead);
    expect(wrong, 'foreign hosts, console errors, exceptions, content policy').toEqual([]);
  },
});

export { expect };
