/** What can be pressed on a page and is smaller than a fingertip: 44 px (WCAG 2.2, 2.5.5). Links within sentences are as high as their line. */
import type { Page } from '@playwright/test';

export const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button, summary, select, textarea, input, nav a, a.button')];
    return all.flatMap((control) => {
      if (!control.checkVisibility({ visibilityProperty: true })) return [];
      // A box is ticked by its label, too, which on a card covers the whole of it; and a file is chosen by its label alone.
      const target = control.matches('[type=checkbox], [type=radio], [type=file]') ? (control.closest('.choice') ?? (control as HTMLInputElement).labels?.[0] ?? control) : control;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || (width >= 43.5 && height >= 43.5)) return [];
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40) ?? '';
      return [`${control.tagName.toLowerCase()}.${control.className} “${name}”: ${Math.round(width)} × ${Math.round(height)}`];
    });
  });

/** How far a page reaches out of its window sideways, in pixels. */
export const tooWide = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
