/**
 * What leaves a device when somebody chooses a photo, byte by byte: whatever the file said besides its pixels stays, they are
 * upright and small enough, what is blurred is gone, and what is no photo is refused in words and goes nowhere.
 */
import type { Page } from '@playwright/test';
import { save } from './bench';
import { COMMUNITY, ONCE_ON_PHONE, expect, test, type Stead } from './fixtures';
import { FORMATS, HIGH, LATITUDE, lying, plain, SECRET, talkative, tiles, white, WIDE } from './photoFiles';
import { ENGLISH } from './tongues';

// The service worker is not asked about what is sent; without it every request is seen here.
test.use({ serviceWorkers: 'block' });

const words = ENGLISH.mine.photos;
const SAYS = [SECRET, 'Exif', 'GPSLatitude', '8BIM', 'II*\0', 'MM\0*', 'JFXX', 'ns.adobe.com', 'Photoshop', '<script', 'PK\x03\x04'];

/** Stands before the photos of a place, and keeps whatever this browser sends from then on. */
async function beforePhotos(stead: Stead) {
  const { page } = stead;
  await stead.join();
  await stead.open(`/${COMMUNITY}/share/photos/${await save(page)}`);
  const photos: Buffer[] = [];
  const sent: string[] = [];
  await page.route('**/api/**', async (route) => {
    const request = route.request();
    const body = request.postDataBuffer() ?? Buffer.alloc(0);
    sent.push(`${request.method()} ${request.url()} ${JSON.stringify(await request.allHeaders())} ${body.toString('latin1')}`);
    if (request.method() === 'POST' && request.url().endsWith('/photos')) photos.push(body);
    await route.continue();
  });
  const canvas = page.getByRole('application', { name: words.blurPicture });
  const choose = async (name: string, buffer: Buffer) => page.getByLabel(words.from.files).setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  return {
    page, photos, sent, canvas, choose,
    /** Says that nobody is in it, saves it, and gives what left. */
    leave: async (): Promise<Buffer> => {
      const before = photos.length;
      await page.getByRole('radio', { name: words.peopleIs.none.title }).check();
      await page.getByRole('button', { name: words.save }).click();
      await expect(canvas).toHaveCount(0);
      await expect.poll(() => photos.length).toBe(before + 1);
      return photos.at(-1) ?? Buffer.alloc(0);
    },
  };
}

/** The size of a picture, and the pixels at some shares of it, as they are kept: no orientation is minded. */
const pixels = (page: Page, jpeg: Buffer, points: readonly (readonly [number, number])[]) =>
  page.evaluate(async ({ base64, asked }) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'image/jpeg' }), { imageOrientation: 'none' });
    const { width, height } = picture;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(picture, 0, 0);
    return { width, height, colours: asked.map(([x, y]) => [...(context?.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data ?? [])].slice(0, 3)) };
  }, { base64: jpeg.toString('base64'), asked: points });

/** The segments of a JPEG up to the pixels, by their markers; nothing but the pixels follows them. */
function segments(jpeg: Buffer): [number, string][] {
  const found: [number, string][] = [];
  let at = 2;
  for (let marker = 0; marker !== 0xda;) {
    marker = jpeg[at + 1] ?? 0;
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    found.push([marker, jpeg.toString('latin1', at, end)]);
    at = end;
  }
  expect(jpeg.indexOf(Buffer.from([0xff, 0xd9]), at) + 2, 'nothing follows the end').toBe(jpeg.length);
  return found;
}

/** Tables, one frame and one scan; and beside them what the browser writes for any picture: JFIF and the profile of screens. */
const PIXELS = [0xdb, 0xc0, 0xc4, 0xda];
const besidePixels = (jpeg: Buffer): string[] => segments(jpeg).filter(([marker]) => !PIXELS.includes(marker)).map(([, all]) => all);

async function anyPicture(page: Page): Promise<Buffer> {
  const written = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.fillRect(0, 0, 9, 9);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'));
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
  return Buffer.from(written);
}

async function expectPixelsOnly(page: Page, jpeg: Buffer, name: string): Promise<void> {
  expect(jpeg.subarray(0, 2), name).toEqual(Buffer.from([0xff, 0xd8]));
  expect(besidePixels(jpeg), `${name}: what stands beside the pixels`).toEqual(besidePixels(await anyPicture(page)));
  expect(SAYS.filter((said) => jpeg.includes(Buffer.from(said, 'latin1'))), `${name}: what it says`).toEqual([]);
  expect(jpeg.includes(LATITUDE), `${name}: the position`).toBe(false);
}

test('in every format and every orientation nothing leaves but upright pixels', ONCE_ON_PHONE, async ({ stead }) => {
  test.setTimeout(240_000);
  const { page, sent, canvas, choose, leave } = await beforePhotos(stead);
  for (const format of FORMATS) for (let orientation = 1; orientation <= 8; orientation += 1) {
    const name = `${format} ${orientation}`;
    const file = await talkative(page, format, orientation);
    expect([SECRET, 'II*\0', 'GPSLatitude', LATITUDE].filter((said) => !file.includes(said)), `${name}: the test’s own file says`).toEqual([]);
    await choose(`${SECRET}.${format}`, file);
    await expect(canvas, name).toBeVisible();
    const left = await leave();
    await expectPixelsOnly(page, left, name);
    const { width, height, colours } = await pixels(page, left, [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]);
    expect([width, height], name).toEqual([WIDE, HIGH]);
    expect(colours.map((colour) => colour.map((part) => (part > 150 ? 1 : 0)).join('')), `${name}: red, green, blue, white`).toEqual(['100', '010', '001', '111']);
  }
  // Neither in an address, nor in a header, nor in the words beside a photo: the name of the file stays, too.
  expect(sent.filter((one) => one.includes(SECRET))).toEqual([]);
});

test('a large photo leaves as large as the server keeps it', ONCE_ON_PHONE, async ({ stead }) => {
  const { page, canvas, choose, leave } = await beforePhotos(stead);
  await choose('large.png', white(7_000, 5_600));
  await expect(canvas).toBeVisible({ timeout: 30_000 });
  const left = await leave();
  await expectPixelsOnly(page, left, 'large');
  expect(await pixels(page, left, [])).toMatchObject({ width: 2_048, height: 1_638 });
});

test('floods, files that are two things, cut files and what is no photo are refused in words, or only their pixels leave', ONCE_ON_PHONE, async ({ stead }) => {
  test.setTimeout(180_000);
  const { page, photos, sent, canvas, choose, leave } = await beforePhotos(stead);
  const good = Object.fromEntries(await Promise.all(FORMATS.map(async (format) => [format, await talkative(page, format, 1)] as const))) as Record<(typeof FORMATS)[number], Buffer>;
  const cut = (file: Buffer, share: number) => file.subarray(0, Math.floor(file.length * share));
  const plains = { jpeg: await plain(page, 'jpeg'), png: await plain(page, 'png'), webp: await plain(page, 'webp') };
  const html = `<!doctype html><script>alert("${SECRET}")</script>`;
  const no = words.refused['not-a-photo'];
  const refused: [string, Buffer, string | RegExp][] = [
    ['8,000 × 5,001 white pixels', white(8_000, 5_001), words.refused['too-large']],
    ['a JPEG that says 65,535 × 65,535', await lying(page, 'jpeg', 65_535, 65_535), /./],
    ['a JPEG that says 8,000 × 5,001', await lying(page, 'jpeg', 8_000, 5_001), /./],
    ['a PNG that says 100,000 × 100,000', await lying(page, 'png', 100_000, 100_000), /./],
    ['a WebP that says 16,383 × 16,383', await lying(page, 'webp', 16_383, 16_383), /./],
    ['a page that calls itself a photo', Buffer.from(html), no],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'), no],
    ['an archive with a photo behind it', Buffer.concat([Buffer.from(`PK\x03\x04${SECRET}`), plains.jpeg]), no],
    ['a PDF with a photo in it', Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj\nstream\n'), plains.jpeg]), no],
    ['nothing', Buffer.alloc(0), no],
    ...FORMATS.flatMap((format) => [0.1, 0.5, 0.9].map((share): [string, Buffer, string] => [`${share} of a ${format}`, cut(plains[format], share), no])),
  ];
  for (const [name, file, says] of refused) {
    // After one that is good: what was chosen before must not stand in its place.
    await choose('good.jpg', good.jpeg);
    await expect(canvas).toBeVisible();
    await choose('bad.jpg', file);
    await expect.soft(page.getByRole('alert'), name).toHaveText(says);
    await expect.soft(canvas, name).toHaveCount(0);
    await expect.soft(page.getByRole('button', { name: words.save }), name).toHaveCount(0);
  }
  await stead.accessible('a file that is refused');
  await stead.picture('photo-refused');
  expect(photos).toHaveLength(0);

  // A photo first and something else behind it is a photo: the rest stays.
  for (const format of FORMATS) for (const behind of [html, `PK\x03\x04${SECRET}`, '%PDF-1.7']) {
    const name = `${format} with ${behind.slice(0, 4)}`;
    await choose(`${SECRET}.jpg`, Buffer.concat([good[format], Buffer.from(behind)]));
    await expect(canvas, name).toBeVisible();
    await expectPixelsOnly(page, await leave(), name);
  }
  expect(sent.filter((one) => one.includes(SECRET))).toEqual([]);
});

test('what is blurred never leaves unblurred', ONCE_ON_PHONE, async ({ stead }) => {
  const { page, photos, sent, canvas, choose, leave } = await beforePhotos(stead);
  const before = sent.length;
  await choose('tiles.png', await tiles(page));
  await canvas.focus();
  // The box of the keys: in the middle, 16 % of the picture wide before it grows.
  for (const key of ['+', '+', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByText(words.blurs(1, '1'))).toBeVisible();
  await page.keyboard.press('-');
  expect(sent.slice(before).filter((one) => !one.startsWith('GET ')), 'nothing leaves while it is blurred').toEqual([]);
  const left = await leave();
  await expectPixelsOnly(page, left, 'blurred');
  // Every third pixel across the middle: the box is 22 % of the width.
  const across = Array.from({ length: 266 }, (_, i) => (3 * i + 1) / 800);
  const { width, colours } = await pixels(page, left, across.map((x) => [x, 0.504] as const));
  expect(width).toBe(800);
  const sharp = across.filter((_, i) => Math.abs((colours[i]?.[0] ?? 0) - 128) > 60);
  expect(sharp.filter((x) => x > 0.395 && x < 0.605), 'within the box').toEqual([]);
  expect(sharp.length, 'beside it').toBeGreaterThan(180);
  expect(photos, 'one picture, and no other of it').toHaveLength(1);
});
