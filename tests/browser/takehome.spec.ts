/** Taking everything home: one file, and a page in it that opens without a server. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

test('what a person keeps comes home as one file, with a page that any browser shows', ONCE_ON_PHONE, async ({ stead }, info) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/share/return`);
  await page.getByLabel('Your return code').fill(process.env['STEAD_RETURN_CODE'] ?? '');
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My places' })).toBeFocused();
  // A long list is drawn bit by bit: its count says when it is whole.
  const places = Number.parseInt(await page.getByText(/^\d+ places$/).innerText(), 10);
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(places);
  await stead.open(`/${COMMUNITY}/share/choices`);
  await expect(page.getByRole('heading', { name: 'Take everything home' })).toBeVisible();
  await stead.accessible('what may be taken home');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data (ZIP)' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^kaldavere-\d{4}-\d{2}-\d{2}\.zip$/);
  const folder = info.outputPath('home');
  await file.saveAs(`${folder}.zip`);
  execFileSync('python3', ['-m', 'zipfile', '-e', `${folder}.zip`, folder]);
  for (const name of ['places.geojson', 'places.json', 'diary.json', 'consent.json', 'reads.json', 'codebook.json']) {
    expect(existsSync(`${folder}/${name}`), name).toBe(true);
  }
  await page.goto(`file://${folder}/index.html`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kaldavere');
  await expect(page.getByRole('article')).toHaveCount(places);
  await stead.accessible('the page at home');
  await stead.picture('at-home');
});
