/** A steward invites; whoever has the link joins, as often as was said and no more. */
import { expect } from './fixtures';
import { comeIn, officeTest } from './office';
import { TONGUES } from './tongues';

const COMMUNITY = 'kutsutud';

const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Kutsutud', '--country', 'EE', '--time-zone', 'Europe/Tallinn', '--joining', 'invited');
});

test('invite, join by the link, and find the invitation used up', async ({ stead, office, browser }, info) => {
  test.setTimeout(120_000);
  const { page } = stead;
  await comeIn(page, office, office.link(`kadri.${info.project.name}@vald.example`, 'steward'));
  await page.getByRole('link', { name: 'Invitations' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Invitations' })).toBeFocused();
  await stead.accessible('no invitations yet');
  await page.getByLabel('How many people may join by it').fill('0');
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  await expect(page.locator('.field-error')).toContainText('from 1 to 10,000');
  await page.getByLabel('How many people may join by it').fill('1');
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  const code = (await page.getByTestId('invitation-code').textContent()) ?? '';
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  const link = (await page.getByRole('link', { name: '#invitation=' }).getAttribute('href')) ?? '';
  await stead.accessible('a new invitation');
  await stead.picture('invitation-made');

  // Nobody comes in without; the link brings the code along.
  const guest = await browser.newPage();
  await guest.goto(`${office.origin}/${COMMUNITY}/share/join`);
  await guest.getByRole('button', { name: 'Start' }).click();
  await expect(guest.locator('.field-error')).toContainText('for people who were invited');
  await guest.goto('about:blank');
  await guest.goto(link);
  await expect(guest.getByLabel('Your invitation')).toHaveValue(code);
  // The first answer is lost: asking again takes no second use.
  let lost = true;
  await guest.route('**/participants', async (route) => {
    if (!lost) return route.continue();
    await route.fetch();
    lost = false;
    return route.abort('connectionreset');
  });
  await guest.getByRole('button', { name: 'Start' }).click();
  await expect(guest.getByRole('alert')).toBeVisible();
  await guest.getByRole('button', { name: 'Start' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Your return code' })).toBeVisible();
  await guest.close();

  const late = await (await browser.newContext()).newPage();
  for (const { tag, core } of TONGUES) {
    await late.goto('about:blank');
    await late.goto(link.replace('#', `?lang=${tag}#`));
    await late.getByRole('button', { name: core.join.submit, exact: true }).click();
    await expect(late.locator('.field-error')).toHaveText(core.join.refused['invitation-used-up']);
    await late.getByLabel(core.join.invitation).fill('0000-0000-0000');
    await late.getByRole('button', { name: core.join.submit, exact: true }).click();
    await expect(late.locator('.field-error')).toHaveText(core.join.refused['invitation-unknown']);
  }
  await late.close();

  await page.reload();
  const card = page.locator('.card').first();
  await expect(card).toContainText('1 of 1 used');
  await card.getByRole('button', { name: 'Take back' }).click();
  await expect(page.locator('.card')).toHaveCount(0);
  await stead.picture('invitations-none');
});
