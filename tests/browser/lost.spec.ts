/** Joining and being deleted over a network that loses answers, and a code that nobody wrote down. */
import type { Page } from '@playwright/test';
import { expectFailures, killed, onThisDevice } from './device';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';
import { ENGLISH, TONGUES } from './tongues';
import { walk } from './walk';

/** The server does what it is asked, and its answers get lost until `arrive` is called. */
async function losing(page: Page, address: string, method: string): Promise<{ arrive(): void; keys: (string | null)[] }> {
  let lost = true;
  const keys: (string | null)[] = [];
  await page.route(address, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    keys.push(await route.request().headerValue('idempotency-key'));
    if (!lost) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  return { arrive: () => void (lost = false), keys };
}

const codeOf = async (page: Page): Promise<string> => (await page.getByTestId('return-code').textContent()) ?? '';
const comesBack = (page: Page, return_code: string): Promise<number> =>
  page.evaluate(async ([address, code]) => (await fetch(address ?? '', { method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ return_code: code }) })).status,
    [`/api/communities/${COMMUNITY}/participants/return`, return_code]);

for (const tongue of TONGUES) {
  const { tag, core, mine } = tongue;
  test(`who loads the page again before the code is written down makes a new one, and the old one stops working: ${tag}`, ONCE_ON_PHONE, async ({ stead }) => {
    const { page } = stead;
    const { join, press, title, begin } = walk(stead, tongue);
    await join();
    const first = await codeOf(page);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: core.code.title })).toBeVisible();
    await stead.accessible(`no code any more, ${tag}`);
    await stead.picture(`no-code-${tag}`);
    await press(mine.newCode.button);
    const second = await codeOf(page);
    expect(second).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect(second).not.toBe(first);
    await stead.accessible(`a new code, ${tag}`);
    expect(await comesBack(page, second)).toBe(200);
    expectFailures(page); // the browser logs the refusal
    expect(await comesBack(page, first)).toBe(401);
    await begin();
    await stead.open(`/${COMMUNITY}/share/choices?lang=${tag}`);
    await expect(page.getByRole('button', { name: mine.newCode.button })).toBeVisible();
    await stead.accessible(`my choices, ${tag}`);
    await stead.picture(`choices-${tag}`);
    await press(mine.newCode.button);
    await title(core.code.title);
    expect(await comesBack(page, second)).toBe(401);
    expect(await comesBack(page, await codeOf(page))).toBe(200);
  });

  test(`whoever is deleted while the answer is lost gets the receipt all the same, and nothing stays on the phone: ${tag}`, ONCE_ON_PHONE, async ({ stead }) => {
    const { page } = stead;
    const { join, begin, answer, press, title, visit } = walk(stead, tongue);
    await join();
    await begin();
    await answer('Kadunud vastus');
    await press(core.add.save);
    await expect(page.locator('.place-card')).toContainText('Kadunud vastus');
    await expect(page.getByText(mine.outbox.onPhone)).toHaveCount(0);
    await visit('share/choices');
    expectFailures(page);
    const network = await losing(page, '**/me', 'DELETE');
    await page.getByRole('checkbox', { name: core.choices.withdrawSure }).check();
    await press(core.choices.withdraw);
    await expect(page.getByRole('alert')).toContainText(core.problem.offline);
    network.arrive();
    await press(core.choices.withdraw);
    await title(core.choices.withdrawnTitle);
    await expect(page.locator('.receipt')).toHaveText(/^[0-9a-f]{64}$/);
    await expect(page.getByRole('button', { name: core.code.print })).toBeVisible();
    await press(core.code.copy);
    await stead.accessible(`deleted, ${tag}`);
    await stead.picture(`deleted-${tag}`);
    expect(await onThisDevice(page)).not.toContain('Kadunud vastus');
  });
}

test('whoever is deleted while the answer is lost, and opens the page again, is told so', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await walk(stead, ENGLISH).begin();
  await stead.open(`/${COMMUNITY}/share/choices`);
  expectFailures(page);
  await losing(page, '**/me', 'DELETE');
  await page.getByRole('checkbox', { name: ENGLISH.core.choices.withdrawSure }).check();
  await page.getByRole('button', { name: ENGLISH.core.choices.withdraw }).click();
  await expect(page.getByRole('alert')).toContainText(ENGLISH.core.problem.offline);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: ENGLISH.core.choices.withdrawnTitle })).toBeVisible();
  await expect(page.locator('.receipt')).toHaveText(/^[0-9a-f]{64}$/);
});

test('a joining whose answer is lost is one joining, by a killed tab, too', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/share/join`);
  expectFailures(page);
  const network = await losing(page, '**/participants', 'POST');
  const start = (on: Page) => on.getByRole('button', { name: ENGLISH.core.join.submit }).click();
  await start(page);
  await expect(page.getByRole('alert')).toContainText(ENGLISH.core.problem.offline);
  network.arrive();
  // Who cannot be shown in has joined all the same, and does not join twice.
  await page.route('**/me', (route) => route.abort('connectionreset'));
  await start(page);
  await expect.poll(() => network.keys.length).toBe(2);
  await expect(page.getByRole('alert')).toContainText(ENGLISH.core.problem.offline);
  await start(page);
  await expect(page.getByRole('alert')).toContainText(ENGLISH.core.problem.offline);
  expect(network.keys).toEqual([network.keys[0], network.keys[0]]);
  expect(network.keys[0]).toMatch(/^[0-9a-f]{32}$/);
  const next = await killed(page, `/${COMMUNITY}/share/join`);
  await expect(next.getByRole('heading', { level: 1, name: ENGLISH.core.code.title })).toBeVisible();
  await next.getByRole('button', { name: ENGLISH.mine.newCode.button }).click();
  expect(await comesBack(next, await codeOf(next))).toBe(200);
});
