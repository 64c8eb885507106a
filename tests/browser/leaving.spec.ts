/** Going away from a device, with a network and without: nothing stays on it, and nothing is lost without a word. */
import type { Page } from '@playwright/test';
import { BENCH, save } from './bench';
import { ask, expectFailures, onDevice, onThisDevice, placesOnServer } from './device';
import { COMMUNITY, ONCE_ON_PHONE, type Stead, expect, test } from './fixtures';
import { ENGLISH } from './tongues';
import { walk } from './walk';

const { core, mine } = ENGLISH;
const OWN = /Bench|Under the lime tree|stead\.here/;
const traces = async (page: Page) => OWN.exec(await onThisDevice(page))?.[0] ?? null;
const statusOfMe = (page: Page) => ask<{ status?: number }>(page, 'me').then(({ status }) => status);
const outside = (page: Page) => page.getByRole('link', { name: core.welcome.comeBack });

/** Somebody with one place on the server stands before "my places"; their return code. */
async function withBench(stead: Stead): Promise<string> {
  const { page } = stead;
  await stead.join();
  const code = (await page.getByTestId('return-code').textContent()) ?? '';
  await onDevice(page);
  await save(page);
  await stead.open(`/${COMMUNITY}/share`);
  await expect(page.locator('.place-card')).toContainText('Bench');
  await expect.poll(() => traces(page)).not.toBeNull();
  return code;
}

/** The same person before "my choices", about to lose the network or the server; their return code. */
async function atChoices(stead: Stead): Promise<string> {
  const { page } = stead;
  const code = await withBench(stead);
  await page.getByRole('link', { name: core.mine.choices }).click();
  await walk(stead, ENGLISH).title(core.choices.title);
  expectFailures(page);
  return code;
}

/** A place that is only on this device. */
async function unsent({ page }: Stead, name: string): Promise<void> {
  await page.getByRole('button', { name: core.mine.add }).click();
  await walk({ page, open: () => Promise.resolve(), community: COMMUNITY }, ENGLISH).answer(name);
  await page.getByRole('button', { name: core.add.save }).click();
  await expect(page.getByText(mine.outbox.savedHere)).toBeVisible();
}

for (const missing of ['network', 'server'] as const) {
  test(`signing out without a ${missing} leaves nothing on the device, and the next page tells the server`, ONCE_ON_PHONE, async ({ stead, context }) => {
    const { page } = stead;
    const { press, title } = walk(stead, ENGLISH);
    const code = await atChoices(stead);
    if (missing === 'network') await context.setOffline(true);
    else await page.route('**/api/session', (route) => route.fulfill({ status: 503, json: { title: 'away', status: 503 } }));
    await press(core.choices.leave);
    await expect(outside(page)).toBeVisible();
    await expect(page.getByText(core.choices.left)).toBeVisible();
    expect(await traces(page)).toBeNull();

    await context.setOffline(false);
    await page.unroute('**/api/session');
    await page.reload();
    await expect(outside(page)).toBeVisible();
    await expect.poll(() => statusOfMe(page)).toBe(401);
    expect((await context.cookies()).filter(({ value }) => value !== '')).toEqual([]);

    await outside(page).click();
    await page.getByLabel(core.comeBack.label).fill(code);
    await press(core.comeBack.submit);
    await title(core.mine.title);
    expect(await placesOnServer(page)).toEqual([BENCH.properties.name]);
  });
}

test('whoever comes back on the same page after signing out without a network stays signed in', ONCE_ON_PHONE, async ({ stead, context }) => {
  const { page } = stead;
  const { press, title } = walk(stead, ENGLISH);
  const code = await atChoices(stead);
  await context.setOffline(true);
  await press(core.choices.leave);
  await outside(page).click();
  await context.setOffline(false);
  await page.getByLabel(core.comeBack.label).fill(code);
  await press(core.comeBack.submit);
  await title(core.mine.title);
  await page.reload();
  await expect(page.locator('.place-card')).toContainText('Bench');
});

for (const way of ['phone', 'choices'] as const) {
  const { door, leave, anyway } = {
    phone: { door: mine.phone.link, leave: mine.phone.clear, anyway: mine.phone.clearAnyway },
    choices: { door: core.mine.choices, leave: core.choices.leave, anyway: mine.outbox.leaveAnyway },
  }[way];
  test(`“${leave}” with something unsent says what would be lost, once, and then nothing is left`, ONCE_ON_PHONE, async ({ stead, context }) => {
    const { page } = stead;
    const { press } = walk(stead, ENGLISH);
    await withBench(stead);
    expectFailures(page);
    await context.setOffline(true);
    await unsent(stead, 'Under the lime tree');
    await page.getByRole('link', { name: door, exact: true }).first().click();
    await press(leave);
    await expect(page.getByRole('alert').filter({ hasText: mine.phone.clearLoses(1, '1') })).toBeVisible();
    expect(await onThisDevice(page)).toContain('Under the lime tree');
    await stead.accessible(`about to lose something, ${way}`);
    await stead.picture(`about-to-lose-${way}`);
    await press(anyway);
    await expect(outside(page)).toBeVisible();
    expect(await traces(page)).toBeNull();
    await context.setOffline(false);
    await page.reload();
    await expect.poll(() => statusOfMe(page)).toBe(401);
    expect(await traces(page)).toBeNull();
  });
}
