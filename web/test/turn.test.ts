import { expect, test } from 'vitest';
import { isOnItsSide, orientationOf, unturned, upright, type Orientation } from '../src/lib/photo/turn';

const u32 = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** A directory with a camera's name and an orientation. */
const little = (says: number): number[] => [...letters('II*\0'), ...u32(8), 2, 0, 0x10, 1, 2, 0, ...u32(1), ...u32(0), 0x12, 1, 3, 0, ...u32(1), ...u32(says), ...u32(0)];
const big = (says: number): number[] => [...letters('MM\0*'), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, says, 0, 0, 0, 0, 0, 0];
const view = (bytes: number[]): DataView => new DataView(Uint8Array.from(bytes).buffer);

const chunk = (name: string, content: number[]): number[] => [...letters(name), ...u32(content.length), ...content, ...(content.length % 2 ? [0] : [])];
const webp = (...chunks: number[][]): Blob => new Blob([Uint8Array.from([...letters('RIFF'), ...u32(4 + chunks.flat().length), ...letters('WEBP'), ...chunks.flat()])]);

test('the orientation is read in both orders of bytes, and with the name in front', () => {
  for (let says = 1; says <= 8; says += 1) {
    for (const exif of [little(says), big(says), [...letters('Exif\0\0'), ...little(says)]]) expect(orientationOf(view(exif))).toBe(says);
  }
});

test('what nobody can read is upright', () => {
  for (const exif of [[], letters('II'), letters('II*\0'), little(0), little(9), little(6).slice(0, 20), [...letters('II*\0'), ...u32(0xffffffff)]]) {
    expect(orientationOf(view(exif)), String(exif)).toBe(1);
  }
});

test('a WebP says how it is turned, and hides it from the browser', async () => {
  const { file, orientation } = await unturned(webp(chunk('VP8X', [0x0c, 0, 0, 0, 9, 0, 0, 9, 0, 0]), chunk('VP8 ', [1, 2, 3]), chunk('EXIF', little(6)), chunk('XMP ', [1])));
  expect(orientation).toBe(6);
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect(String.fromCharCode(...bytes)).not.toContain('EXIF');
  expect(bytes[20]).toBe(0x04);
});

test('whatever else a file is, it stays as it is', async () => {
  for (const whole of [webp(chunk('VP8 ', [1, 2])), new Blob(['RIFF']), new Blob([]), new Blob(['\xff\xd8 no WebP at all']), webp(letters('EX'))]) {
    expect(await unturned(whole)).toEqual({ file: whole, orientation: 1 });
  }
  expect((await unturned(webp([...letters('EXIF'), ...u32(0xffffffff), ...little(3)]))).orientation).toBe(3);
});

test('every corner of a turned picture comes where it belongs', () => {
  // Where the upper left corner of what is kept is to be seen in a picture of 4 × 2.
  const corners: Record<Orientation, [number, number]> = { 1: [0, 0], 2: [4, 0], 3: [4, 2], 4: [0, 2], 5: [0, 0], 6: [4, 0], 7: [4, 2], 8: [0, 2] };
  for (let orientation = 1 as Orientation; orientation <= 8; orientation += 1) {
    const [a, b, c, d, x, y] = upright(orientation, 4, 2);
    expect([x, y]).toEqual(corners[orientation]);
    const [width, height] = isOnItsSide(orientation) ? [2, 4] : [4, 2];
    const far = [a * width + c * height + x, b * width + d * height + y];
    expect(far.map((value, i) => value + (corners[orientation][i] ?? 0))).toEqual([4, 2]);
  }
});
