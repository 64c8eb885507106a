/** A researcher draws an area, reads the places that are shared there, and sees what is near to them. */
import { join } from 'node:path';
import { ONCE_ON_DESKTOP, expect } from './fixtures';
import { comeIn, officeTest } from './office';

const COMMUNITY = 'helsinki';
const DATA = join(__dirname, '../../data/helsinki');

const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Helsinki', '--country', 'FI', '--time-zone', 'Europe/Helsinki');
  stead('import', 'supports', join(DATA, 'helsinki-centre-2019.osm.pbf'), '--community', COMMUNITY);
  stead('import', 'neighbourhoods', join(DATA, 'helsinki-centre-blocks-squares.geojson'), '--community', COMMUNITY);
  stead('import', 'basemap', join(DATA, 'helsinki-centre.pmtiles'));
});

const SENATE_SQUARE = [24.9525, 60.1695] as const;
const RAILWAY_SQUARE = [24.9437, 60.1714] as const;

test('read what is shared in an area, count it, and find what is near', async ({ stead, office }, info) => {
  const { page } = stead;
  const { origin } = office;
  // Journeys share the community: this one asks for a feeling that nobody else of them names.
  const feeling = info.project.name === 'phone' ? 'pride' : 'gratitude';
  await stead.join('For research');
  const shared = { research: true, published_maps: false, public_story: false };
  for (const [coordinates, name, research] of [[SENATE_SQUARE, 'Steps in the sun', true], [RAILWAY_SQUARE, 'Clock tower', true], [SENATE_SQUARE, 'Only mine', false]] as const) {
    const saved = await page.request.post(`${origin}/api/communities/${COMMUNITY}/places`, {
      headers: { Origin: origin },
      data: {
        type: 'Feature', geometry: { type: 'Point', coordinates },
        properties: {
          name, being: true, doing: name === 'Clock tower', precision: 'street', chime: ['hope'], barriers: ['money'], share: { ...shared, research },
          feelings: [{ feeling, strength: 2 }, { feeling: 'calm', strength: 3 }],
        },
      },
    });
    expect(saved.status()).toBe(201);
  }
  await comeIn(page, office, office.link(`maia.${info.project.name}@ulikool.example`, 'researcher'));
  await page.getByRole('link', { name: 'Go to the study' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Study' })).toBeVisible();
  await stead.accessible('study');
  await stead.picture('study-empty');

  // By a circle around the square, typed in.
  await page.getByRole('radio', { name: 'A circle' }).check();
  await expect(page.getByText('First finish the area.')).toBeVisible();
  await page.getByText('Type coordinates').click();
  await page.getByLabel('Latitude').fill('60.1695');
  await page.getByLabel('Longitude').fill('24.9525');
  await page.getByRole('button', { name: 'Use these' }).click();
  await page.getByLabel('Radius in metres').fill('200');
  await page.getByRole('button', { name: feeling }).click();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  await stead.accessible('a circle');
  await stead.picture('study-circle');
  await page.getByRole('button', { name: 'Read these places' }).click();
  await expect(page.getByText('You were given 1 place.')).toBeVisible();
  await page.getByText('All 1 places as a table').click();
  await expect(page.getByRole('rowheader', { name: 'Steps in the sun' })).toBeVisible();
  await expect(page.getByText('Only mine')).toHaveCount(0);

  // The whole map, with the feeling alone: both places, counted with their n.
  await page.getByRole('radio', { name: 'The whole map' }).check();
  await page.getByRole('button', { name: 'Read these places' }).click();
  await expect(page.getByText('You were given 2 places.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Being and doing n = 2' })).toBeVisible();
  const feelings = page.getByRole('region', { name: 'Feelings by neighbourhood' }).getByRole('row', { name: /^All/ });
  await expect(feelings.getByRole('cell')).toHaveText(['2', '2', '2']);
  await stead.accessible('results');

  await page.getByRole('radio', { name: 'of the places above' }).check();
  await page.getByRole('button', { name: 'Library', exact: true }).click();
  await page.getByRole('button', { name: 'Café', exact: true }).click();
  await page.getByRole('button', { name: 'Find the nearest supports' }).click();
  await expect(page.locator('.study').getByText('4 rows')).toBeVisible();
  await expect(page.locator('.study-near').getByRole('row', { name: /^Clock tower within about 130 m Library 1 / })).toBeVisible();
  await stead.accessible('nearest supports');

  const name = `Thankful, ${info.project.name}`;
  await page.getByLabel('A name for this question').fill(name);
  await page.getByRole('button', { name: 'Keep this question' }).click();
  await expect(page.getByRole('button', { name: `Use: ${name}` })).toBeVisible();
  await stead.picture('study-results');
  await page.reload();
  await page.getByRole('button', { name: `Use: ${name}` }).click();
  await expect(page.getByRole('button', { name: feeling })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: `Delete: ${name}` }).click();
  await expect(page.getByText('You keep no questions yet.')).toBeVisible();
});

test('an area is drawn corner by corner with the keyboard, or pasted', ONCE_ON_DESKTOP, async ({ stead, office }, info) => {
  const { page } = stead;
  await comeIn(page, office, office.link(`jaan.${info.project.name}@ulikool.example`, 'researcher'));
  await page.goto(`${office.origin}/${COMMUNITY}/staff/study`);
  await page.getByRole('radio', { name: 'An area that you draw' }).check();
  await expect(page.locator('[data-map=ready][aria-busy=false]')).toBeVisible({ timeout: 45_000 });
  const put = page.getByRole('button', { name: 'Put a corner here' });
  const canvas = page.getByRole('region', { name: 'Map of the study area' });
  await put.press('Enter');
  for (const keys of [['ArrowRight', 'ArrowRight'], ['ArrowDown', 'ArrowDown']]) {
    const cross = await page.getByText(/^The cross is at/).textContent();
    await canvas.focus();
    for (const key of keys) await canvas.press(key);
    await expect(page.getByText(/^The cross is at/)).not.toHaveText(cross ?? '');
    await put.press('Enter');
  }
  await expect(page.getByText('Corners: 3')).toBeVisible();
  await expect(page.getByText('First finish the area.')).toHaveCount(0);
  await stead.accessible('a drawn area');
  await stead.picture('study-drawn');
  await page.getByRole('button', { name: 'Take the last corner away' }).click();
  await expect(page.getByText('First finish the area.')).toBeVisible();

  await page.getByRole('radio', { name: 'An area as GeoJSON' }).check();
  await page.getByLabel('GeoJSON', { exact: true }).fill('{"type":"Point","coordinates":[24.9,60.1]}');
  await expect(page.getByText('This is no polygon in GeoJSON.')).toBeVisible();
  await page.getByLabel('GeoJSON', { exact: true }).fill(
    '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[24.90,60.16],[24.91,60.16],[24.91,60.161],[24.90,60.16]]]}}',
  );
  await expect(page.getByText('An area of 4 corners is chosen.')).toBeVisible();
  await page.getByRole('button', { name: 'Read these places' }).click();
  await expect(page.getByText('Nobody shares such a place for research.')).toBeVisible();
  for (const [tag, title] of [['et', 'Uurimine'], ['nb', 'Forskning']] as const) {
    await page.goto(`${office.origin}/${COMMUNITY}/staff/study?lang=${tag}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await stead.accessible(`study, ${tag}`);
  }
});
