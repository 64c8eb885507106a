import { afterEach, expect, it, vi } from 'vitest';
import { drawn } from '../src/lib/photo/prepare';

const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part)));
const u16 = (n: number): number[] => [n >> 8, n & 255];
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n & 65_535)];

/** Heads of files, each as its format says how wide and how high the picture is; no pixel follows. */
const HEADS: Record<string, (width: number, height: number) => Uint8Array<ArrayBuffer>> = {
  PNG: (width, height) => bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], u32(13), 'IHDR', u32(width), u32(height), [8, 2, 0, 0, 0], u32(0)),
  // After 60,000 bytes that say something else, as a thumbnail in EXIF would stand there.
  JPEG: (width, height) => bytes([0xff, 0xd8, 0xff, 0xe1], u16(60_000), Array<number>(59_998).fill(0), [0xff, 0xc0], u16(17), [8], u16(height), u16(width), [3], Array<number>(64).fill(0)),
  WebP: (width, height) => bytes('RIFF', [22, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0], [0, 0, 0, 0], [...u32(width - 1)].reverse().slice(0, 3), [...u32(height - 1)].reverse().slice(0, 3)),
};

afterEach(() => vi.unstubAllGlobals());

it.each(Object.entries(HEADS))('a %s that says it is too large is refused before anything of it is decoded', async (_, head) => {
  const decode = vi.fn(() => Promise.reject(new Error('nothing to decode')));
  vi.stubGlobal('createImageBitmap', decode);
  await expect(drawn(new Blob([head(8_001, 5_000)]))).rejects.toMatchObject({ why: 'too-large' });
  expect(decode).not.toHaveBeenCalled();
  // One of 40 megapixels may be: only its pixels are missing.
  await expect(drawn(new Blob([head(8_000, 5_000)]))).rejects.toMatchObject({ why: 'not-a-photo' });
  expect(decode).toHaveBeenCalledOnce();
});
