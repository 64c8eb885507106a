/** A researcher takes shared places home after the second factor; a steward sees in the log that it happened. */
import { readFileSync } from 'node:fs';
import { ONCE_ON_DESKTOP, expect } from './fixtures';
import { comeIn, officeTest, totp } from './office';

const COMMUNITY = 'linn';
const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Linn');
});

test('take shared places home, and be seen doing it', ONCE_ON_DESKTOP, async ({ stead, office }, info) => {
  const { page } = stead;
  const { origin } = office;
  await stead.join('For research');
  const name = `Quay steps ${info.project.name}`;
  const saved = await page.request.post(`${origin}/api/communities/${COMMUNITY}/places`, {
    headers: { Origin: origin },
    data: {
      type: 'Feature', geometry: { type: 'Point', coordinates: [26.7225, 58.3806] },
      properties: { name, being: true, doing: false, precision: 'street', share: { research: true, published_maps: false, public_story: false } },
    },
  });
  expect(saved.status()).toBe(201);

  const researcher = `maia.${info.project.name}@ulikool.example`;
  const secret = await comeIn(page, office, office.link(researcher, 'researcher'));
  await page.getByRole('link', { name: 'Go to the study' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Take the places home' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Shared places' })).toHaveCount(0);
  page.removeAllListeners('console'); // the browser logs the refusal of the wrong code
  await page.getByLabel('First type a code from your authenticator').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('The code is wrong or too old.')).toBeVisible();
  await stead.accessible('a wrong code');
  // The one of now was used to come in.
  await page.getByLabel('First type a code from your authenticator').fill(totp(secret, Date.now() + 30_000));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('You may download for ten minutes.')).toBeVisible();
  await stead.accessible('take the places home');
  await stead.picture('take-home-places');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Shared places as GeoJSON' }).click();
  const file = readFileSync(await (await coming).path(), 'utf8');
  expect(file).toContain(name);

  const steward = `sulev.${info.project.name}@linn.example`;
  await comeIn(page, office, office.link(steward, 'steward'));
  await page.getByRole('link', { name: 'Who read shared places' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who read shared places' })).toBeVisible();
  const line = page.getByRole('row').filter({ hasText: researcher }).filter({ hasText: 'downloaded a file (geojson)' });
  await expect(line).toHaveCount(1);
  await stead.accessible('the log');
  await stead.picture('access-log');
  for (const [tag, title] of [['et', 'Kes on jagatud kohti lugenud'], ['nb', 'Hvem har lest delte steder']] as const) {
    await stead.open(`/${COMMUNITY}/staff/log?lang=${tag}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await stead.accessible(`the log, ${tag}`);
  }
});
