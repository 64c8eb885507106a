/** A researcher comes in by a one-time link and reads a place; its owner sees that. */
import { ONCE_ON_DESKTOP, expect } from './fixtures';
import { officeTest, PASSWORD, totp } from './office';

const COMMUNITY = 'aed';

const test = officeTest(COMMUNITY, (stead) => stead('community', 'add', COMMUNITY, '--title', 'Aed'));

test('come in by a link, set up a second factor, read a shared place, and be seen reading it', async ({ stead, office }, info) => {
  const { page } = stead;
  const { origin } = office;
  const email = `liis.${info.project.name}@ulikool.example`;
  const title = (name: string) => page.getByRole('heading', { level: 1, name });

  await stead.join('For research');
  const saved = await page.request.post(`${origin}/api/communities/${COMMUNITY}/places`, {
    headers: { Origin: origin },
    data: {
      type: 'Feature', geometry: { type: 'Point', coordinates: [26.72, 58.38] },
      properties: { name: 'Bench', being: true, doing: false, precision: 'street', share: { research: true, published_maps: false, public_story: false } },
    },
  });
  expect(saved.status()).toBe(201);

  await stead.open(`/${COMMUNITY}/staff${office.link(email, 'researcher')}`);
  await expect(title('Choose a password')).toBeVisible();
  expect(page.url()).not.toContain('link');
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Use at least 12 characters.')).toBeVisible();
  await stead.accessible('choose a password');
  await stead.picture('staff-password');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(title('Set up your second factor')).toBeVisible();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expect(page.locator('.recovery-codes li')).toHaveCount(8);
  const recovery = (await page.locator('.recovery-codes li').first().textContent()) ?? '';
  await stead.accessible('second factor');
  await stead.picture('staff-second-factor');
  await page.getByLabel('Type the code that the app shows').fill(totp(secret));
  await page.getByRole('button', { name: 'Open my account' }).click();

  await expect(title('For staff')).toBeVisible();
  await expect(page.getByText(`You are signed in as ${email}.`)).toBeVisible();
  await expect(page.getByText('Researcher:', { exact: false })).toBeVisible();
  await stead.accessible('desk');
  office.token(email);
  await page.reload();
  await expect(page.getByText('places:read')).toBeVisible();
  await stead.picture('staff-desk');
  await page.getByRole('button', { name: 'Revoke the token for places:read' }).click();
  await expect(page.getByText('You have no API tokens.')).toBeVisible();
  await page.getByRole('button', { name: 'Make new recovery codes' }).click();
  await expect(page.locator('.recovery-codes li')).toHaveCount(8);
  const newer = (await page.locator('.recovery-codes li').first().textContent()) ?? '';

  const read = await page.request.get(`${origin}/api/communities/${COMMUNITY}/places?purpose=research`);
  expect((await read.json()).number_returned).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(title('Sign in as staff')).toBeVisible();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await stead.accessible('sign in');
  await stead.picture('staff-sign-in');
  // The browser logs the 401 of the sign-in that is wrong.
  page.removeAllListeners('console');
  const signIn = async (code: string) => {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('Recovery code').fill(code);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await signIn(recovery);
  await expect(page.getByRole('alert')).toContainText('is wrong');
  await stead.accessible('wrong sign-in');
  await signIn(newer);
  await expect(title('For staff')).toBeVisible();

  // In the same browser, the participant is still the participant.
  await stead.open(`/${COMMUNITY}/share/choices`);
  await expect(page.getByRole('heading', { name: 'Who has read my places' })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await stead.accessible('who has read my places');
  await stead.picture('staff-reads');
});

test('the pages of the staff speak every language', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  for (const [tag, title] of [['et', 'Logi sisse töötajana'], ['nb', 'Logg inn som ansatt']] as const) {
    await stead.open(`/${COMMUNITY}/staff?lang=${tag}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await stead.accessible(`sign in, ${tag}`);
  }
});
