/**
 * Photos and diaries: what leaves the device, what does not, and what is kept while there is no network.
 */
import type { Page } from '@playwright/test';
import { save } from './bench';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

// The service worker asks for public answers itself, where no test can stand in for the server.
test.use({ serviceWorkers: 'block' });

const SECRET = 'STEAD-SECRET-PLACE';

/** A JPEG as cameras write it: turned (orientation 6), with a place in its EXIF, and a fine pattern all over. */
async function cameraPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 3000, height: 1500 });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (let x = 0; x < 3000; x += 20) for (let y = 0; y < 1500; y += 20) {
      context.fillStyle = (x + y) % 40 === 0 ? '#000' : '#fff';
      context.fillRect(x, y, 20, 20);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  const jpeg = Buffer.from(base64, 'base64');
  const tiff = Buffer.concat([
    Buffer.from('49492a0008000000', 'hex'), // little endian, one directory
    Buffer.from('0200', 'hex'),
    Buffer.from('120103000100000006000000', 'hex'), // orientation 6: turn by a quarter
    Buffer.from('0e010200', 'hex'), Buffer.from([SECRET.length + 1, 0, 0, 0]), Buffer.from('26000000', 'hex'), // a description
    Buffer.from('00000000', 'hex'), Buffer.from(`${SECRET}\0`),
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe1', 'hex'), length, body, jpeg.subarray(2)]);
}

interface Played {
  photos: { id: string; bytes: Buffer; words: Record<string, unknown>; key: string | null }[];
  entries: Record<string, unknown>[];
  away: boolean;
}

/** Listens between the page and the server, and may take the server away. */
async function play(page: Page): Promise<Played> {
  const played: Played = { photos: [], entries: [], away: false };
  // What goes to the server and comes back is looked at, not made up.
  await page.route('**/places/*/photos**', async (route) => {
    const request = route.request();
    const id = /photos\/([^/?]+)/.exec(request.url())?.[1];
    if (played.away) return route.fulfill({ status: 503, json: { title: 'away', status: 503 } });
    const response = await route.fetch();
    if (response.ok() && request.method() === 'POST') {
      const made = ((await response.json()) as { id: string }).id;
      if (!played.photos.some((one) => one.id === made)) {
        played.photos.push({ id: made, bytes: request.postDataBuffer() ?? Buffer.alloc(0), words: {}, key: await request.headerValue('idempotency-key') });
      }
    }
    const photo = played.photos.find((one) => one.id === id);
    if (response.ok() && request.method() === 'PUT' && photo) photo.words = request.postDataJSON() as Record<string, unknown>;
    if (response.ok() && request.method() === 'DELETE') played.photos = played.photos.filter((one) => one.id !== id);
    return route.fulfill({ response });
  });
  await page.route('**/places/*/diary**', async (route) => {
    const request = route.request();
    const id = /diary\/([^/?]+)/.exec(request.url())?.[1];
    if (played.away) return route.fulfill({ status: 503, json: { title: 'away', status: 503 } });
    const response = await route.fetch();
    if (response.ok() && request.method() === 'POST') {
      const made = (await response.json()) as Record<string, unknown>;
      if (!played.entries.some((one) => one['id'] === made['id'])) played.entries.unshift(made);
    }
    if (response.ok() && request.method() === 'DELETE') played.entries = played.entries.filter((one) => one['id'] !== id);
    return route.fulfill({ response });
  });
  return played;
}

async function onePlace(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Being' }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip the rest for now' }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Researchers may read this place' }).check();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only the people you chose can see it.')).toBeVisible();
}

test('a photo leaves the device upright, smaller, blurred and without a word of where it was taken', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  const played = await play(page);
  await stead.join('For research');
  await onePlace(page);
  await page.getByRole('link', { name: 'Photos: A place without a name' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Photos: A place without a name' })).toBeFocused();
  await stead.accessible('no photos yet');
  const files = page.getByLabel('Choose a photo');
  await files.setInputFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('this is no photo') });
  await expect(page.getByRole('alert')).toContainText('We cannot read this file as a photo.');
  const photo = await cameraPhoto(page);
  expect(photo.includes(SECRET)).toBe(true);
  await files.setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });

  const canvas = page.getByRole('application', { name: 'Your photo, for blurring' });
  await canvas.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 part is blurred.')).toBeVisible();
  await page.getByRole('radio', { name: 'A brush' }).check();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the photo has no size');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 24, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByText('2 parts are blurred.')).toBeVisible();
  await stead.picture('blurring');
  await page.getByRole('button', { name: 'Take back the last blur' }).click();
  await page.getByRole('button', { name: 'Save this photo' }).click();
  await expect(page.getByRole('alert')).toContainText('Say first if there are people in it.');
  await page.getByRole('radio', { name: 'Yes, and I have not asked' }).check();
  await expect(page.getByRole('checkbox', { name: 'Researchers may see it' })).toBeDisabled();
  await page.getByRole('radio', { name: 'Yes, and they agree' }).check();
  await page.getByRole('checkbox', { name: 'Researchers may see it' }).check();
  await expect(page.getByRole('checkbox', { name: 'Anyone may see it with the story' })).toBeDisabled();
  await page.getByLabel('Your words to it').fill('The tiles of the kitchen');
  await page.getByLabel('What is to be seen').fill('Black and white tiles');
  await page.getByText('Questions that may help').click();
  await page.getByLabel('Why is it like this?').fill('Somebody laid them with care.');
  await stead.accessible('a new photo');
  await stead.picture('new-photo');
  await page.getByRole('button', { name: 'Save this photo' }).click();
  await expect(page.getByRole('img', { name: 'Black and white tiles' })).toBeVisible();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0);
  const here = page.url();
  await stead.open(`/${COMMUNITY}/share/collage`);
  await expect(page.getByRole('figure').filter({ hasText: 'The tiles of the kitchen' })).toBeVisible();
  await stead.accessible('a photo in the collage');
  await stead.picture('collage-with-photo');
  await page.goto(here);
  await expect(page.getByRole('img', { name: 'Black and white tiles' })).toBeVisible();

  expect(played.photos).toHaveLength(1);
  const { bytes, words } = played.photos[0] ?? { bytes: Buffer.alloc(0), words: {} };
  expect(bytes.includes(SECRET) || bytes.includes('Exif')).toBe(false);
  expect(words).toMatchObject({ caption: 'The tiles of the kitchen', people: 'agreed', share: { research: true, public_story: false }, showed: { why: 'Somebody laid them with care.' } });
  const seen = await page.evaluate(async (base64) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
    const drawn = document.createElement('canvas');
    Object.assign(drawn, { width: picture.width, height: picture.height });
    const context = drawn.getContext('2d', { willReadFrequently: true });
    context?.drawImage(picture, 0, 0);
    /** How far the lightest and the darkest of a patch lie apart. */
    const spread = (x: number, y: number) => {
      const { data } = context?.getImageData(x, y, 60, 60) ?? { data: new Uint8ClampedArray() };
      const greys = [...data].filter((_, i) => i % 4 === 0);
      return Math.max(...greys) - Math.min(...greys);
    };
    return { width: picture.width, height: picture.height, middle: spread(picture.width / 2 - 30, picture.height / 2 - 30), corner: spread(40, 40) };
  }, bytes.toString('base64'));
  expect([seen.width, seen.height]).toEqual([1024, 2048]);
  expect(seen.middle).toBeLessThan(40);
  expect(seen.corner).toBeGreaterThan(180);

  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.leaving')).toContainText('What others saw, published or copied before cannot be called back.');
  await expect(page.locator('[aria-live=polite]')).toContainText('cannot be called back. You can undo this for 10 seconds');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await stead.picture('a-shared-photo-is-being-deleted');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Change its words' }).click();
  await page.getByRole('group', { name: 'Are there people in it?' }).first().getByRole('radio', { name: 'Yes, and I have not asked' }).check();
  await page.getByRole('button', { name: 'Save this photo' }).first().click();
  await expect.poll(() => played.photos[0]?.words).toMatchObject({ people: 'private', share: { research: false, public_story: false } });
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('img', { name: 'Black and white tiles' })).toBeVisible();
  expect(played.photos).toHaveLength(1);
  await page.getByRole('button', { name: 'Delete' }).click();
  await stead.accessible('a photo that is being deleted');
  await page.getByRole('link', { name: 'My places' }).click();
  await expect.poll(() => played.photos.length).toBe(0);
});

test('a day of the diary is kept while the server is away, and feelings over time stand in a picture and in words', async ({ stead }) => {
  const { page } = stead;
  const played = await play(page);
  await stead.join('For research');
  await onePlace(page);
  await page.getByRole('link', { name: 'Diary: A place without a name' }).click();
  await expect(page.getByText('Only you read this, even if you share the place.')).toBeVisible();
  await page.getByRole('button', { name: 'Save this day' }).click();
  await expect(page.getByRole('alert')).toContainText('Write something, or choose a feeling.');
  await page.getByLabel('Day', { exact: true }).fill('2026-11-02');
  await page.getByLabel('How was it?').fill('Rain. Nobody there.');
  await page.getByRole('button', { name: 'loneliness' }).click();
  await page.getByRole('button', { name: 'Save this day' }).click();
  await expect.poll(() => played.entries.length).toBe(1);

  page.removeAllListeners('console');
  played.away = true;
  await page.getByLabel('Day', { exact: true }).fill('2026-11-09');
  await page.getByLabel('How was it?').fill('Soup, and Mall laughed.');
  await page.getByRole('button', { name: 'joy' }).click();
  await page.getByRole('button', { name: 'calm' }).click();
  await page.getByRole('button', { name: 'Save this day' }).click();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toBeVisible();
  played.away = false;
  // The phone tries again by itself, too, and may be first: then there is nothing to press any more.
  await page.getByRole('button', { name: 'Try again now' }).click({ timeout: 5_000 }).catch(() => undefined);
  await expect(page.getByText('9 November 2026: joy and calm')).toBeVisible();
  await expect(page.getByText('2 November 2026: loneliness')).toBeVisible();
  await expect(page.getByText('Saved on this phone. Not sent yet.')).toHaveCount(0);
  expect(played.entries).toHaveLength(2);
  await stead.accessible('the diary');
  await stead.picture('diary');
});

test('a place that has a name is never called one without, not even while it is loaded', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  let told: Promise<void>;
  await page.route('**/places?limit=500', async (route) => {
    await told;
    await route.continue();
  });
  for (const [room, whole, path] of [['Diary', 'Diary: Bench', 'diary'], ['Photos', 'Photos: Bench', 'photos']] as const) {
    let tell: () => void = () => undefined;
    told = new Promise((done) => (tell = done));
    const asked = page.waitForRequest('**/places?limit=500');
    await stead.open(`/${COMMUNITY}/share/${path}/${place}`);
    await asked;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(room);
    tell();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(whole);
  }
});
