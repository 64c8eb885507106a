/** The whole journey of a person who shares, in each language, by the very words that the pages use. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { TONGUES } from './tongues';
import { walk } from './walk';

/** A picture of a few squares, as a camera might have made it. */
async function picture(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 800, height: 600 });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (let x = 0; x < 800; x += 100) for (let y = 0; y < 600; y += 100) {
      context.fillStyle = `hsl(${(x + y) % 360} 60% 50%)`;
      context.fillRect(x, y, 100, 100);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

for (const tongue of TONGUES) {
  const { tag, core: words, mine } = tongue;
  test(`join, pin, photo, diary, edit, delete, export, withdraw: ${tag}`, async ({ stead }) => {
    test.setTimeout(180_000);
    const { page } = stead;
    const { press, title, next, visit, begin, there, named } = walk(stead, tongue);
    await visit('share');
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    await page.getByRole('link', { name: words.welcome.join }).click();
    await title(words.join.title);
    await page.getByRole('checkbox', { name: words.purpose.research.title }).check();
    await press(words.join.submit);
    await expect(page.getByTestId('return-code')).toBeVisible();
    await begin();

    await there();
    await page.getByRole('checkbox', { name: words.purpose.research.share }).check();
    await next();
    await title(words.add.checkTitle);
    await stead.accessible(`check, ${tag}`);
    await press(words.add.save);
    const card = page.locator('.place-card');
    await expect(card).toContainText(words.mine.unnamed);

    await card.getByRole('link', { name: mine.photos.title(words.mine.unnamed) }).click();
    await title(mine.photos.title(words.mine.unnamed));
    await page.getByLabel(mine.photos.from.files).setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await picture(page) });
    await page.getByRole('radio', { name: mine.photos.peopleIs.none.title }).check();
    await page.getByLabel(mine.photos.alt).fill('Öö ja äär');
    await stead.accessible(`a photo, ${tag}`);
    await press(mine.photos.save);
    await expect(page.getByRole('img', { name: 'Öö ja äär' })).toBeVisible();
    await expect(page.getByText(mine.outbox.onPhone)).toHaveCount(0);
    await page.getByRole('link', { name: words.mine.title }).click();

    await card.getByRole('link', { name: mine.diary.title(words.mine.unnamed) }).click();
    await title(mine.diary.title(words.mine.unnamed));
    await page.getByLabel(mine.diary.text).fill('Päike.');
    await press(mine.diary.save);
    await expect(page.getByText('Päike.').last()).toBeVisible();
    await stead.accessible(`the diary, ${tag}`);
    await stead.picture(`diary-${tag}`);
    await page.getByRole('link', { name: words.mine.title }).click();

    await card.getByRole('button', { name: words.mine.editNamed(words.mine.unnamed) }).click();
    await named('Kala-äär');
    await press(words.add.saveChange);
    await expect(card).toContainText('Kala-äär');

    // What others see, as the server says it.
    await card.getByText(mine.seen.title).click();
    await expect(card.locator('.seen-as')).toContainText('Kala-äär');
    await expect(card.locator('.seen-as')).toContainText(mine.seen.why.not_shared);
    await stead.accessible(`my places, ${tag}`);
    await stead.picture(`mine-${tag}`);

    await page.getByRole('link', { name: words.mine.choices }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: mine.exporting.button }).click();
    expect((await coming).suggestedFilename()).toMatch(/^kaldavere-.*\.zip$/);
    await page.goBack();

    const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await card.getByRole('button', { name: words.mine.removeNamed('Kala-äär') }).click();
    await expect(page.locator('.leaving')).toContainText(words.mine.removed('Kala-äär'));
    expect((await gone).status()).toBe(204);
    await expect(page.getByText(words.mine.empty)).toBeVisible();

    await page.getByRole('link', { name: words.mine.choices }).click();
    await page.getByRole('checkbox', { name: words.choices.withdrawSure }).check();
    await press(words.choices.withdraw);
    await title(words.choices.withdrawnTitle);
    await expect(page.getByText(words.choices.receipt, { exact: true })).toBeVisible();
    await stead.accessible(`withdrawn, ${tag}`);
    await stead.picture(`withdrawn-${tag}`);
  });
}
