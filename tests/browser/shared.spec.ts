/** A tablet that others use, too: nothing of anybody stays on it, and nobody leaves without knowing what would be lost. In each language. */
import { save } from './bench';
import { ask, entriesOnServer, expectFailures, onlyPlace, onThisDevice } from './device';
import { COMMUNITY, ONCE_ON_PHONE, type Stead, expect, test } from './fixtures';
import { ENGLISH, TONGUES } from './tongues';
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

const { core, mine, kept } = ENGLISH;
const A_LONG_QUIET = '05:01';
const NO_ANSWER = '01:01';

/** Somebody sits at a shared tablet whose clock the test moves, and writes a day of one place. */
async function atSharedTablet(stead: Stead) {
  const { page } = stead;
  const { press, visit, title } = walk(stead, ENGLISH);
  await page.clock.install();
  await visit('share/join');
  await page.getByRole('checkbox', { name: core.join.shared }).check();
  await press(core.join.submit);
  await page.getByRole('checkbox', { name: core.code.written }).check();
  await save(page);
  await page.getByRole('button', { name: core.code.go }).click();
  await title(core.add.whereTitle);
  await page.getByRole('banner').getByRole('link', { name: core.header.share, exact: true }).click();
  await page.getByRole('link', { name: mine.diary.title('Bench') }).click();
  await title(mine.diary.title('Bench'));
  return {
    write: async (text: string) => {
      await page.getByLabel(mine.diary.text).fill(text);
      await press(mine.diary.save);
      await expect(page.getByRole('list', { name: mine.diary.entries })).toContainText(text);
    },
    asked: page.getByRole('dialog', { name: mine.phone.stillThere }),
    closed: page.getByRole('dialog', { name: kept.leaving.closedTitle }),
  };
}

test('a shared tablet asks after a long quiet, goes on where somebody answers, and signs out where nobody does', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  const { asked } = await atSharedTablet(stead);
  await page.clock.fastForward(A_LONG_QUIET);
  await expect(asked).toBeVisible();
  await expect(asked.getByRole('button', { name: core.header.exit })).toBeVisible();
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  for (const width of [320, 390]) {
    await page.setViewportSize({ ...size, width });
    // The words of the way out have room on both sides.
    const room = await asked.getByRole('button', { name: core.header.exit }).evaluate((button) => {
      const [outer, sign, words] = [button, button.querySelector('svg'), button.querySelector('span')].map((part) => part?.getBoundingClientRect());
      return [(sign?.left ?? 0) - (outer?.left ?? 0), (outer?.right ?? 0) - (words?.right ?? 0)];
    });
    expect(Math.min(...room), `${width} px`).toBeGreaterThanOrEqual(12);
    await stead.accessible(`is somebody still there, ${width} px`);
    await stead.picture(`still-there-${width}`);
  }
  await page.setViewportSize(size);
  await asked.getByRole('button', { name: mine.phone.stillHere }).click();
  await expect(asked).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: mine.diary.title('Bench') })).toBeVisible();
  await page.clock.fastForward(A_LONG_QUIET);
  await expect(asked).toBeVisible();
  await page.clock.fastForward(NO_ANSWER);
  await expect(page.getByRole('link', { name: core.welcome.comeBack })).toBeVisible();
  expectFailures(page); // the browser logs that nobody is signed in
  await expect.poll(() => ask<{ status?: number }>(page, 'me').then(({ status }) => status)).toBe(401);
});

test('a shared tablet that was left with something unsent shows nothing of the person, whatever is pressed, and has help and a way out', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  const { write, asked, closed } = await atSharedTablet(stead);
  const shown = () => page.evaluate(() => /Bench|Quiet afternoon/.exec(document.documentElement.outerHTML)?.[0] ?? null);
  expectFailures(page);
  await context.setOffline(true);
  await write('Quiet afternoon.');
  await page.clock.fastForward(A_LONG_QUIET);
  await expect(asked).toBeVisible();
  await page.clock.fastForward(NO_ANSWER);
  await expect(closed).toBeVisible();
  expect(await shown()).toBeNull();
  await stead.accessible('closed on a shared device');
  await stead.picture('closed-on-shared');
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Escape');
  await expect(closed).toBeVisible();
  expect(await shown()).toBeNull();
  await page.goBack();
  await page.goForward();
  await expect(closed).toBeVisible();
  expect(await shown()).toBeNull();

  await expect(closed).toContainText(core.footer.talk);
  await expect(closed.getByRole('link').first()).toHaveAttribute('href', /^tel:/);
  await expect(closed.getByRole('button', { name: core.header.exit })).toBeEnabled();
  await context.setOffline(false);
  await expect(page.getByRole('link', { name: core.welcome.comeBack })).toBeVisible();
  expect(await shown()).toBeNull();
  await expect.poll(() => ask<{ status?: number }>(page, 'me').then(({ status }) => status)).toBe(401);
});

test('the way out of a closed shared tablet leaves an empty page', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  const { write, closed } = await atSharedTablet(stead);
  expectFailures(page);
  await page.route('**/diary', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 503, json: { title: 'away', status: 503 } }) : route.continue()));
  await write('Quiet afternoon.');
  await page.clock.fastForward(A_LONG_QUIET);
  await page.clock.fastForward(NO_ANSWER);
  // The browser asks whether to leave what is not sent; the page behind its question is empty already.
  page.once('dialog', (question) => void question.accept());
  await closed.getByRole('button', { name: core.header.exit }).click();
  await expect(page).toHaveTitle('New tab');
  await expect(page).not.toHaveURL(new RegExp(COMMUNITY));
  expect((await page.locator('body').innerText()).trim()).toBe('');
});
