/** A closed group: its planners see rounded numbers, labelled, and everybody else reads who sees what. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ONCE_ON_DESKTOP, expect } from './fixtures';
import { comeIn, officeTest } from './office';

const COMMUNITY = 'katseala';
/** Neighbourhoods of two kilometres from west to east, and how many people have a place in each. */
const AREAS = [['Metsa', 23], ['Oru', 14], ['Järve', 12], ['Nurme', 4]] as const;
const west = (index: number) => 26.39 + 0.04 * index;

const test = officeTest(COMMUNITY, (stead, directory) => {
  stead('community', 'add', COMMUNITY, '--title', 'Katseala', '--country', 'EE', '--time-zone', 'Europe/Tallinn', '--policy', 'closed_group');
  const features = AREAS.map(([name], i) => ({
    type: 'Feature', properties: { name, population: 6000 },
    geometry: { type: 'Polygon', coordinates: [[[west(i), 58.74], [west(i + 1), 58.74], [west(i + 1), 58.76], [west(i), 58.76], [west(i), 58.74]]] },
  }));
  const areas = join(directory, 'areas.geojson');
  writeFileSync(areas, JSON.stringify({ type: 'FeatureCollection', features }));
  stead('import', 'neighbourhoods', areas, '--community', COMMUNITY, '--name-field', 'name');
  const rows = AREAS.flatMap(([name, people], i) => Array.from({ length: people }, (_, n) => `${name}-${n},1,${(west(i) + 0.02).toFixed(3)},58.75,yes,yes`));
  const places = join(directory, 'study.csv');
  writeFileSync(places, ['person,id,lon,lat,being,published_maps', ...rows].join('\n'));
  stead('import', 'places', places, '--community', COMMUNITY, '--participant-field', 'person');
  // Two months go by: no place counts before it is thirty days old.
  const age = 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute("UPDATE place SET created_at = created_at - 5184000000000"); d.commit()';
  execFileSync('python3', ['-c', age, join(directory, 'stead.db')]);
  stead('release', '--community', COMMUNITY);
});

test('a planner reads, sorts and takes home the numbers, which say everywhere that there is no formal guarantee', async ({ stead, office }, info) => {
  test.setTimeout(180_000);
  const { page } = stead;
  await comeIn(page, office, office.link(`planner.${info.project.name}@katse.example`, 'planner'));
  await page.getByRole('link', { name: 'Numbers for planners' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Numbers for planners' })).toBeFocused();
  await expect(page.locator('.notice').getByText('No formal guarantee', { exact: true })).toBeVisible();
  const rows = page.getByRole('table').locator('tbody tr');
  await expect(rows).toHaveText([/^Järve10/, /^Metsa25/, /^Nurmenot shown–/, /^Oru15/]);
  await expect(page.getByRole('img', { name: /No formal guarantee/ })).toBeVisible();
  await expect(page.locator('.sentences p')).toHaveText([/Of 4 areas, 3 are shown/, /about 50 people/, /The most are in Metsa/]);
  await stead.accessible('the numbers');
  await stead.picture('snapshot');
  await page.getByRole('button', { name: 'People, rounded' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveText([/^Metsa/, /^Oru/, /^Järve/, /^Nurme/]);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const { createReadStream } = await import('node:fs');
  let text = '';
  for await (const part of createReadStream((await (await download).path()) ?? '')) text += String(part);
  const lines = text.trim().split('\n');
  expect(lines.length).toBe(AREAS.length + 1);
  expect(lines.slice(1).every((line) => line.includes('No formal guarantee'))).toBe(true);
});

test('whoever is no planner reads who sees what, and is told no number', ONCE_ON_DESKTOP, async ({ stead, office }) => {
  const { page } = stead;
  // The rules of pictures for everybody are said in none of the rooms: there will be no such picture.
  for (const room of ['picture/heat', 'picture/compare', 'picture']) {
    await stead.open(`/${COMMUNITY}/${room}`);
    await expect(page.getByText('This map is for a closed group. It publishes no picture.')).toBeVisible();
    await expect(page.getByText('Areas with fewer than 10 people are not shown to them.')).toBeVisible();
    await expect(page.getByText(/about 300 people/)).toHaveCount(0);
    await stead.accessible(`a closed group’s ${room}`);
  }
  await stead.picture('closed-group');
  await page.getByRole('link', { name: 'For planners: sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in as staff' })).toBeVisible();
  const refused = await page.request.get(`${office.origin}/api/communities/${COMMUNITY}/snapshots/latest`);
  expect(refused.status()).toBe(401);
});
