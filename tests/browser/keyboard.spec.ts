import { expect, test } from './fixtures';

test('a place can be added with the keyboard alone, the map included', async ({ stead }) => {
  const { page } = stead;
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Goes forward with Tab until the focus is on what has this name. */
  const tabTo = async (name: string | RegExp, role: 'button' | 'link' | 'checkbox' | 'radio' | 'textbox' | 'region') => {
    const target = page.getByRole(role, { name }).first();
    await expect(target).toBeVisible({ timeout: 45_000 });
    for (let presses = 0; presses < 80; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await press('Tab');
    }
    throw new Error(`Tab never reached ${role} ${String(name)}`);
  };

  await stead.join();
  await tabTo('I have written it down', 'checkbox');
  await press('Space');
  await tabTo('Go on', 'button');
  await press('Enter');

  await expect(page.getByRole('heading', { level: 1, name: 'Where is the place?' })).toBeFocused();
  await tabTo('On the map', 'button');
  await press('Enter');
  await tabTo('Map for choosing a place', 'region');
  const cross = page.getByText(/^The cross is at/).last();
  const before = await cross.textContent();
  await press('Equal', 'Equal', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'Shift+ArrowUp');
  await expect(cross).not.toHaveText(before ?? '');
  await press('Enter');
  await expect(page.locator('.notice').filter({ hasText: 'Chosen:' })).toBeVisible();
  await tabTo('Next', 'button');
  await press('Enter');

  await expect(page.getByRole('heading', { level: 1, name: 'What is this place for you?' })).toBeFocused();
  await tabTo('Being', 'checkbox');
  await press('Space');
  await tabTo('Next', 'button');
  await press('Enter');

  await tabTo('calm', 'button');
  await press('Space');
  await tabTo('quite', 'radio');
  await press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'very' })).toBeChecked();
  await tabTo('Next', 'button');
  await press('Enter');

  await tabTo('The block', 'radio');
  await press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'The area' })).toBeChecked();
  await tabTo('Next', 'button');
  await press('Enter');
  await tabTo('Skip', 'button');
  await press('Enter');

  await tabTo('A name for the place', 'textbox');
  await page.keyboard.type('By the water');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Is this right?' })).toBeFocused();
  await tabTo('Save this place', 'button');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'By the water' })).toBeVisible();
});

test('the skip link goes past the header', async ({ stead }) => {
  const { page } = stead;
  await stead.open('/kaldavere/about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
