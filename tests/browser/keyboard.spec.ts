import type { Locator, Page } from '@playwright/test';
import { COMMUNITY, ONCE_ON_DESKTOP, expect, test } from './fixtures';
import { ENGLISH, TONGUES } from './tongues';
import { walk } from './walk';

function keyboard(page: Page) {
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Goes forward with Tab until the focus is on what has this name. */
  const tabTo = (name: string | RegExp, role: 'button' | 'link' | 'checkbox' | 'radio' | 'textbox' | 'region' | 'application') =>
    reach(page.getByRole(role, { name, exact: true }).first());
  const reach = async (target: Locator) => {
    await expect(target).toBeVisible({ timeout: 45_000 });
    for (let presses = 0; presses < 80; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await press('Tab');
    }
    throw new Error(`Tab never reached ${String(target)}`);
  };
  return { press, tabTo, reach };
}

for (const tongue of TONGUES) {
  const { tag, core, mine, kept } = tongue;
  test(`a place can be added with the keyboard alone, the map included: ${tag}`, async ({ stead }) => {
    const { page } = stead;
    const { press, tabTo } = keyboard(page);
    const { join, title } = walk(stead, tongue);
    const goOn = async () => {
      await tabTo(core.next, 'button');
      await press('Enter');
    };
    /** What feelings are called comes from the server. */
    const { vocabulary: { feelings } } = (await (await page.request.get(`${process.env['STEAD_URL'] ?? ''}/api/communities/${COMMUNITY}`)).json()) as { vocabulary: { feelings: { id: string; labels: Record<string, string> }[] } };

    await join();
    await tabTo(core.code.written, 'checkbox');
    await press('Space');
    await tabTo(core.code.go, 'button');
    await press('Enter');

    await title(core.add.whereTitle);
    await tabTo(kept.where.map, 'button');
    await press('Enter');
    await tabTo(core.add.mapName, 'region');
    const cross = page.getByText(core.add.mapAt('')).last();
    const before = await cross.textContent();
    await press('Equal', 'Equal', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'Shift+ArrowUp');
    await expect(cross).not.toHaveText(before ?? '');
    await press('Enter');
    await expect(page.locator('.notice').filter({ hasText: `${core.add.chosen}:` })).toBeVisible();
    await goOn();

    await title(core.add.kindTitle);
    await tabTo(core.add.being, 'checkbox');
    await press('Space');
    await goOn();

    await tabTo(feelings.find(({ id }) => id === 'calm')?.labels[tag] ?? '', 'button');
    await press('Space');
    await tabTo(core.add.strengths[1] ?? '', 'radio');
    await press('ArrowRight');
    await expect(page.getByRole('radio', { name: core.add.strengths[2] ?? '' })).toBeChecked();
    await goOn();

    await tabTo(mine.chime.hope.title, 'checkbox');
    await press('Space');
    await goOn();
    await tabTo(mine.activity.walking, 'button');
    await press('Space');
    await goOn();
    await tabTo(mine.companion.alone, 'button');
    await press('Space');
    await goOn();
    await title(mine.place.supportWays.received.title);
    await goOn();
    await title(mine.place.supportWays.given.title);
    await tabTo(mine.support.emotional.title, 'checkbox');
    await press('Space');
    await goOn();
    for (const question of [mine.place.barriersTitle, mine.place.oftenTitle, mine.place.partsTitle, mine.place.sinceTitle]) {
      await title(question);
      await goOn();
    }
    await tabTo(core.add.nameTitle, 'textbox');
    await page.keyboard.type('Vee ääres');
    await press('Enter');
    for (const question of [core.add.storyTitle, mine.place.notTakenTitle]) {
      await title(question);
      await goOn();
    }
    await title(core.add.homeTitle);
    await goOn();

    await tabTo(core.add.precision.block.title, 'radio');
    await press('ArrowDown');
    await expect(page.getByRole('radio', { name: core.add.precision.area.title, exact: true })).toBeChecked();
    await goOn();
    await tabTo(core.skip, 'button');
    await press('Enter');

    await title(core.add.checkTitle);
    await stead.picture(`check-by-keyboard-${tag}`);
    await tabTo(core.add.save, 'button');
    await press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Vee ääres' })).toBeVisible();
  });
}

test('photos, the diary, changes, deleting and undoing it, taking everything home and withdrawing go with the keyboard alone', ONCE_ON_DESKTOP, async ({ stead }) => {
  test.slow(); // the whole of a person's rooms, key by key
  const { page } = stead;
  const { core, mine } = ENGLISH;
  const { press, tabTo, reach } = keyboard(page);
  const { title } = walk(stead, ENGLISH);
  const enter = async (name: string, role: 'button' | 'link') => {
    await tabTo(name, role);
    await press('Enter');
  };
  const back = async () => {
    await reach(page.locator('.back-line a'));
    await press('Enter');
  };
  const undo = page.getByRole('button', { name: core.undo });
  await stead.open(`/${COMMUNITY}/share/join?lang=en`);
  await enter(core.join.submit, 'button');
  await tabTo(core.code.written, 'checkbox');
  await press('Space');
  await enter(core.code.go, 'button');
  await title(core.add.whereTitle);
  await reach(page.getByRole('group', { name: core.add.listWay }).getByRole('radio').first());
  await press('Space');
  await enter(core.next, 'button');
  await tabTo(core.add.being, 'checkbox');
  await press('Space');
  await enter(core.next, 'button');
  await enter(mine.place.skipRest, 'button');
  await title(core.add.homeTitle);
  await enter(core.next, 'button');
  await title(core.add.precisionTitle);
  await enter(core.next, 'button');
  await title(core.add.shareTitle);
  await enter(core.skip, 'button');
  await enter(core.add.save, 'button');
  await expect(page.getByText(core.mine.savedPrivate)).toBeVisible();

  await enter(mine.photos.title(core.mine.unnamed), 'link');
  await title(mine.photos.title(core.mine.unnamed));
  const squares = Buffer.from(await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 200 });
    canvas.getContext('2d')?.fillRect(0, 0, 200, 200);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }), 'base64');
  const files = page.getByLabel(mine.photos.from.files);
  await reach(files);
  // A browser that is busy drops a wish for its own dialog now and then; whoever gets none presses once more.
  await expect(async () => {
    await expect(files).toBeFocused();
    const chooser = page.waitForEvent('filechooser', { timeout: 5_000 });
    await press('Enter');
    await (await chooser).setFiles({ name: 'tiles.png', mimeType: 'image/png', buffer: squares });
  }).toPass();
  await tabTo(mine.photos.blurPicture, 'application');
  await press('+', 'ArrowRight', 'Enter');
  await expect(page.getByText(mine.photos.blurs(1, '1'))).toBeVisible();
  await reach(page.getByRole('radio', { name: mine.photos.peopleIs.none.title }));
  await press('Space');
  await tabTo(mine.photos.alt, 'textbox');
  await page.keyboard.type('Tiles');
  await enter(mine.photos.save, 'button');
  await expect(page.getByRole('img', { name: 'Tiles' })).toBeVisible();
  await expect(page.getByText(mine.outbox.onPhone)).toHaveCount(0);
  await enter(mine.photos.remove, 'button');
  await expect(undo).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('button', { name: mine.photos.change })).toBeFocused();
  await back();

  await enter(mine.diary.title(core.mine.unnamed), 'link');
  await title(mine.diary.title(core.mine.unnamed));
  await tabTo(mine.diary.text, 'textbox');
  await page.keyboard.type('Rain.');
  await enter(mine.diary.save, 'button');
  const day = page.getByRole('list', { name: mine.diary.entries }).getByRole('listitem');
  await expect(day).toContainText('Rain.');
  await expect(page.getByText(mine.outbox.onPhone)).toHaveCount(0);
  await reach(day.getByRole('button', { name: core.change, exact: true }));
  await press('Enter');
  await reach(day.getByLabel(mine.diary.text));
  await press('Control+End');
  await page.keyboard.type(' Then sun.');
  await enter(mine.diary.saveChange, 'button');
  await expect(day).toContainText('Rain. Then sun.');
  await back();

  await enter(core.mine.editNamed(core.mine.unnamed), 'button');
  await title(core.add.checkTitle);
  await enter(core.add.changeAnswer(core.add.checkName), 'link');
  await tabTo(core.add.nameTitle, 'textbox');
  await page.keyboard.type('By the water');
  await press('Enter');
  await title(core.add.checkTitle);
  await enter(core.add.saveChange, 'button');
  await expect(page.getByRole('heading', { level: 2, name: 'By the water' })).toBeVisible();
  await enter(core.mine.removeNamed('By the water'), 'button');
  await expect(undo).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('button', { name: 'By the water', exact: true })).toBeFocused();
  await enter(core.mine.removeNamed('By the water'), 'button');
  await expect(page.getByText(core.mine.empty)).toBeVisible({ timeout: 30_000 });

  await enter(core.mine.choices, 'link');
  await title(core.choices.title);
  const file = page.waitForEvent('download');
  await enter(mine.exporting.button, 'link');
  expect((await file).suggestedFilename()).toMatch(/\.zip$/);
  await tabTo(core.choices.withdrawSure, 'checkbox');
  await press('Space');
  await enter(core.choices.withdraw, 'button');
  await title(core.choices.withdrawnTitle);
});

test('support is found, looked into and kept with the keyboard alone', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  const { press, tabTo } = keyboard(page);
  await stead.open(`/${COMMUNITY}/find`);
  const list = page.getByRole('list', { name: 'Places found' });
  await expect(list).toBeVisible();
  await tabTo(/^Free( \(\d+\))?$/, 'button');
  await press('Space');
  await expect(page).toHaveURL(/free=true/);
  await expect(page.getByRole('button', { name: /^Free/ }).first()).toBeFocused();
  await tabTo('More filters', 'button');
  await press('Enter');
  await tabTo(/^Someone who listens \(\d+\)$/, 'button');
  await press('Space');
  await expect(page).toHaveURL(/support=emotional/);
  await tabTo('Remove the filter: Free', 'button');
  await press('Enter');
  await expect(page).not.toHaveURL(/free=true/);
  const first = list.getByRole('button').first();
  await expect(first).toBeVisible();
  for (let presses = 0; presses < 120 && !(await first.evaluate((element) => element === document.activeElement)); presses++) await press('Tab');
  await expect(first).toBeFocused();
  await press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await tabTo('Add to my short list', 'button');
  await press('Space');
  await expect(page.getByRole('button', { name: 'On my short list' })).toBeFocused();
});

test('a walk can be drawn with the keyboard alone', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('radio', { name: 'A spot' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'A walk' })).toBeChecked();
  await page.getByRole('button', { name: 'On the map' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-map=ready]')).toBeVisible({ timeout: 45_000 });
  await page.getByRole('region', { name: 'Map for choosing a place' }).focus();
  for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'Enter', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
  await expect(page.locator('.corners')).toContainText('3 points');
  await page.keyboard.press('Backspace');
  await expect(page.locator('.corners')).toContainText('2 points');
  await stead.picture('walk-by-keyboard');
});

test('the picture is read, sorted, chosen from and saved with the keyboard alone', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  const { press, tabTo } = keyboard(page);
  await stead.open(`/${COMMUNITY}/picture`);
  await expect(page.getByRole('table')).toBeVisible();
  const measure = page.getByLabel('What is shown');
  for (let presses = 0; presses < 40 && !(await measure.evaluate((element) => element === document.activeElement)); presses++) await press('Tab');
  await expect(measure).toBeFocused();
  await press('ArrowDown');
  await expect(page).toHaveURL(/measure=quality/);
  await tabTo(/^Value/, 'button');
  await press('Enter', 'Enter');
  await expect(page).toHaveURL(/sort=-value/);
  await expect(page.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'descending');
  const first = page.getByRole('table').locator('tbody tr').first().getByRole('button');
  const name = (await first.textContent())?.trim() ?? '';
  await tabTo(name, 'button');
  await press('Space');
  await expect(page).toHaveURL(/area=/);
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await press('Tab');
  await expect(page.getByRole('link', { name: `One-page report: ${name}` }).first()).toBeFocused();
  await tabTo('Save as picture (PNG)', 'button');
  const saved = page.waitForEvent('download');
  await press('Enter');
  expect((await saved).suggestedFilename()).toMatch(/^stead-kaldavere-quality-neighbourhoods-\d{4}-\d\d-\d\d\.png$/);
  await tabTo(`One-page report: ${name}`, 'link');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${name}: one-page report` })).toBeFocused();
});

test('the skip link goes past the header', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open('/kaldavere/about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
