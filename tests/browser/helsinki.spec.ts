/** A newcomer's own community: Helsinki's extract through the command line, then pinned on, searched and looked at. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONCE_ON_DESKTOP, type Site, expect, test as base } from './fixtures';
import { announced, stop } from './server';

const DATA = join(__dirname, '../../data/helsinki');

const test = base.extend<object, { helsinki: Site }>({
  helsinki: [
    async ({ browserName: _unused }, use) => {
      const program = process.env['STEAD_BIN'] ?? '';
      const directory = mkdtempSync(join(tmpdir(), 'stead-helsinki-'));
      const stead = (...args: string[]): string => execFileSync(program, [...args, '--data-dir', directory], { encoding: 'utf8' });
      stead('community', 'add', 'helsinki', '--title', 'Helsinki', '--country', 'FI', '--time-zone', 'Europe/Helsinki');
      stead('import', 'supports', join(DATA, 'helsinki-centre-2019.osm.pbf'), '--community', 'helsinki');
      stead('import', 'neighbourhoods', join(DATA, 'helsinki-centre-blocks-squares.geojson'), '--community', 'helsinki');
      stead('import', 'basemap', join(DATA, 'helsinki-centre.pmtiles'));
      const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data-dir', directory], { stdio: ['ignore', 'pipe', 'inherit'] });
      const { url } = await announced(server);
      await use({ origin: url, community: 'helsinki' });
      await stop(server);
      rmSync(directory, { recursive: true });
    },
    { scope: 'worker' },
  ],
  site: async ({ helsinki }, use) => use(helsinki),
});

test('own community: pin a place, find the nearest library to it, and look at the picture', ONCE_ON_DESKTOP, async ({ stead }) => {
  const { page } = stead;
  await stead.open('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Helsinki');
  await stead.accessible('welcome');
  await stead.picture('helsinki-welcome');

  await stead.join('For published maps');
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  // Senate Square, by its coordinates.
  await page.getByText('Type coordinates').click();
  await page.getByLabel('Latitude').fill('60.1695');
  await page.getByLabel('Longitude').fill('24.9525');
  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(page.getByText('Chosen:', { exact: true })).toBeVisible();
  await stead.picture('helsinki-where');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'calm' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  // What it means, what one does there, with whom, support, what gets in the way, and when: nothing to say.
  for (let step = 0; step < 9; step += 1) {
    const before = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('button', { name: /^(Next|Skip)$/ }).last().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before);
  }
  await page.getByLabel('What do you call this place?').fill('Steps in the sun');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('What would you like to remember about it?')).toBeVisible();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('radio', { name: 'The street' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: 'Count this place in published maps' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Steps in the sun' })).toBeVisible();
  await stead.map();
  await stead.accessible('my places');
  await stead.picture('helsinki-my-places');

  await page.getByRole('link', { name: 'Find support' }).first().click();
  const list = page.getByRole('list', { name: 'Places found' });
  await expect(list).toBeVisible();
  await page.getByLabel('Near', { exact: true }).selectOption({ label: 'Steps in the sun' });
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('group', { name: 'What kind of place', exact: true }).getByRole('button', { name: /^Library \(/ }).click();
  await page.getByRole('button', { name: 'Fewer filters' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '7 places' })).toBeVisible();
  // The extract's libraries from the square's corner: a few hundred metres, nearest first.
  const shown = list.locator('.support-facts .figures');
  await expect(shown).toHaveCount(7);
  const metres = (await shown.allTextContents()).map(parseFloat);
  expect([...metres].sort((a, b) => a - b)).toEqual(metres);
  await stead.accessible('nearest libraries');
  await stead.picture('helsinki-nearest-library');
  await stead.map();
  await stead.picture('helsinki-nearest-library-on-the-map');

  await page.getByRole('link', { name: 'The picture' }).first().click();
  await expect(page.getByText('There is no picture yet.')).toBeVisible();
  await stead.accessible('no picture yet');
  await stead.picture('helsinki-no-picture-yet');
  await page.getByRole('link', { name: 'About' }).first().click();
  await expect(page.getByText('© OpenStreetMap contributors').first()).toBeVisible();
  await stead.picture('helsinki-about');
});
