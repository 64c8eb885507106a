/** A tablet that others use, too: nothing of anybody stays on it, and nobody leaves without knowing what would be lost. In each language. */
import { ask, entriesOnServer, expectFailures, onlyPlace, onThisDevice } from './device';
import { expect, test } from './fixtures';
import { TONGUES } from './tongues';
import { walk } from './walk';

for (const tongue of TONGUES) {
  const { tag, core, mine, kept } = tongue;
  test(`on a shared tablet what is not sent is said before leaving, and nothing stays, not even after loading the page again: ${tag}`, async ({ stead, context }) => {
    const { page } = stead;
    const { press, title, visit, begin, answer } = walk(stead, tongue);
    const card = page.locator('.place-card');
    const tracesLeft = async () => /Köögis|Vaikne|stead\.here/.exec(await onThisDevice(page))?.[0] ?? null;
    await visit('share/join');
    await page.getByRole('checkbox', { name: core.join.shared }).check();
    await press(core.join.submit);
    await expect(page.getByText(mine.phone.sharedNow)).toBeVisible();
    const code = (await page.getByTestId('return-code').textContent()) ?? '';
    await begin();
    await answer('Köögis');
    await press(core.add.save);
    await expect(page.getByText(core.mine.savedPrivate)).toBeVisible();
    await stead.accessible(`a shared device, ${tag}`);
    await stead.picture(`shared-device-${tag}`);
    const place = await onlyPlace(page);
    await card.getByRole('link', { name: mine.diary.title('Köögis') }).click();
    await title(mine.diary.title('Köögis'));

    expectFailures(page);
    await context.setOffline(true);
    await page.getByLabel(mine.diary.text).fill('Vaikne pärastlõuna.');
    await press(mine.diary.save);
    await press(mine.phone.sharedFinish);
    const dialog = page.getByRole('dialog', { name: kept.leaving.title });
    await expect(dialog).toContainText(kept.leaving.lost(1, '1'));
    await stead.accessible(`leaving a shared device, ${tag}`);
    await stead.picture(`leaving-shared-${tag}`);
    await press(kept.leaving.retry, dialog);
    await expect(dialog).toContainText(kept.leaving.lost(1, '1'));
    await press(kept.leaving.stay, dialog);
    await expect(page.getByRole('list', { name: mine.diary.entries })).toContainText('Vaikne pärastlõuna.');
    expect(await tracesLeft(), 'nothing is written on the device').toBeNull();

    await context.setOffline(false);
    await press(mine.phone.sharedFinish);
    await expect(page.getByRole('link', { name: core.welcome.comeBack })).toBeVisible();
    expect(await tracesLeft()).toBeNull();
    await page.getByRole('link', { name: core.welcome.comeBack }).click();
    await page.getByLabel(core.comeBack.label).fill(code);
    await page.getByRole('checkbox', { name: core.join.shared }).check();
    await press(core.comeBack.submit);
    await title(core.mine.title);
    await expect(card).toContainText('Köögis');
    expect(await entriesOnServer(page, place)).toEqual(['Vaikne pärastlõuna.']);

    await page.reload();
    await expect(page.getByRole('link', { name: core.welcome.comeBack })).toBeVisible();
    expect(await tracesLeft()).toBeNull();
    await expect.poll(() => ask<{ status?: number }>(page, 'me').then(({ status }) => status)).toBe(401);
    expect((await context.cookies()).filter(({ value }) => value !== '')).toEqual([]);
  });
}
