/** What is said to be blurred is blurred: with a press, with a quick hand, with the keys. */
import type { Locator } from '@playwright/test';
import { save } from './bench';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';
import { tiles } from './photoFiles';
import { en } from '../../web/src/i18n/mine/en';

const words = en.photos;

/** Which of these points of the picture, in shares of it, are as sharp as they were. */
const sharp = (canvas: Locator, points: readonly (readonly [number, number])[]) =>
  canvas.evaluate((element: HTMLCanvasElement, asked) => {
    const copy = Object.assign(document.createElement('canvas'), { width: element.width, height: element.height });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(element, 0, 0);
    return asked.filter(([x, y]) => {
      const [red = 0] = context?.getImageData(Math.floor(x * element.width), Math.floor(y * element.height), 1, 1).data ?? [];
      return red < 40 || red > 215;
    });
  }, points);

test('a press, a flat box and a quick stroke blur what they are over, and the keys say where their box is', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await stead.open(`/${COMMUNITY}/share/photos/${await save(page)}`);
  await page.getByLabel(words.from.files).setInputFiles({ name: 'tiles.png', mimeType: 'image/png', buffer: await tiles(page) });
  const canvas = page.getByRole('application', { name: words.blurPicture });
  await expect(canvas).toHaveAccessibleDescription(words.blurHelp);
  await canvas.scrollIntoViewIfNeeded();
  const frame = await canvas.boundingBox();
  if (!frame) throw new Error('the photo has no size');
  const to = (x: number, y: number) => page.mouse.move(frame.x + x * frame.width, frame.y + y * frame.height);
  const drag = async (from: [number, number], end: [number, number]) => {
    await to(...from);
    await page.mouse.down();
    await to(...end);
    await page.mouse.up();
  };
  const line = Array.from({ length: 61 }, (_, i): [number, number] => [0.2 + i / 100, 0.75]);
  expect(await sharp(canvas, [[0.3, 0.3], ...line])).toHaveLength(1 + line.length);

  await drag([0.3, 0.3], [0.3, 0.3]);
  await expect(page.getByText(words.blurs(1, '1'))).toBeVisible();
  await expect.poll(() => sharp(canvas, [[0.3, 0.3], [0.24, 0.24], [0.36, 0.36]])).toEqual([]);
  await drag([0.6, 0.1], [0.9, 0.1]);
  await expect(page.getByText(words.blurs(2, '2'))).toBeVisible();
  await expect.poll(() => sharp(canvas, [[0.61, 0.1], [0.75, 0.1], [0.89, 0.1]])).toEqual([]);
  await page.getByRole('radio', { name: words.tools.brush }).check();
  await drag([0.2, 0.75], [0.8, 0.75]);
  await expect(page.getByText(words.blurs(3, '3'))).toBeVisible();
  await expect.poll(() => sharp(canvas, line)).toEqual([]);
  await stead.picture('blurred-by-hand');

  await canvas.focus();
  const spoken = page.locator('[role=status][aria-live=polite]');
  await page.keyboard.press('ArrowLeft');
  await expect(spoken).toHaveText(words.blurBox('47%', '50%', '16%'));
  await page.keyboard.press('+');
  await expect(spoken).toHaveText(words.blurBox('47%', '50%', '19%'));
  await page.keyboard.press('Enter');
  await expect(spoken).toHaveText(words.blurred('4'));
  await expect.poll(() => sharp(canvas, [[0.47, 0.5]])).toEqual([]);
  await stead.accessible('blurring');
});
