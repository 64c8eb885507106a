/** What a person does on the pages, step by step, in the words of one language. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Tongue } from './tongues';

/** Below this width the map waits behind a button. */
const WIDE_PX = 960;

interface Way {
  page: Page;
  open(path: string): Promise<void>;
  community: string;
}

export function walk({ page, open, community }: Way, { tag, core, mine }: Tongue) {
  const press = (name: string, within: Page | Locator = page) => within.getByRole('button', { name, exact: true }).click();
  const title = (name: string) => expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeFocused();
  const next = () => page.locator('.step-actions .button-main').click();
  const named = async (name: string) => {
    await page.getByRole('link', { name: core.add.changeAnswer(core.add.checkName) }).click();
    await page.getByLabel(core.add.nameTitle).fill(name);
    await next();
  };
  const there = async () => {
    await page.getByRole('group', { name: core.add.listWay }).getByRole('radio').first().check();
    await next();
    await page.getByRole('checkbox', { name: core.add.being }).check();
    await next();
    await press(mine.place.skipRest);
    await title(core.add.homeTitle);
    await next();
    await title(core.add.precisionTitle);
    await next();
    await title(core.add.shareTitle);
  };
  return {
    press,
    title,
    /** On to the next question. */
    next,
    /** Opens a page of the community in this language. */
    visit: (path: string) => open(`/${community}/${path}?lang=${tag}`),
    /** Joins as somebody new, with no consent or with the purposes named, and stands before the return code. */
    join: async (...purposes: string[]) => {
      await open(`/${community}/share/join?lang=${tag}`);
      for (const purpose of purposes) await page.getByRole('checkbox', { name: purpose }).check();
      await press(core.join.submit);
      await expect(page.getByRole('heading', { level: 1, name: core.code.title })).toBeVisible();
    },
    /** Has written the return code down, and stands before the first question. */
    begin: async () => {
      await page.getByRole('checkbox', { name: core.code.written }).check();
      await press(core.code.go);
      await title(core.add.whereTitle);
    },
    /** From "where" to who may see it: a place from the list, to be at, and nothing else said of it. */
    there,
    /** From "where" to "is this right?": a place from the list, to be at; and its name, if it is to have one. */
    answer: async (name?: string) => {
      await there();
      await press(core.skip);
      await title(core.add.checkTitle);
      if (name === undefined) return;
      await named(name);
      await title(core.add.checkTitle);
    },
    /** From "is this right?" and back to it: another name. */
    named,
    /** Shows the map, which on phones has to be asked for. */
    showMap: async () => {
      if ((page.viewportSize()?.width ?? 0) < WIDE_PX) await press(core.map.show);
    },
  };
}
