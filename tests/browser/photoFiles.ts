/** Photos with everything that files of each format can say besides their pixels, made by hand; and files that are no photos. */
import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** What must not leave the device. */
export const SECRET = 'STEAD-SECRET-58.3806-26.7225';
export const FORMATS = ['jpeg', 'png', 'webp'] as const;
export type Format = (typeof FORMATS)[number];

/** Red, green, blue and white quarters, from the upper left by rows. */
export const WIDE = 96;
export const HIGH = 48;

const u16le = (value: number) => Buffer.from([value & 255, value >> 8]);
const u16be = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32le = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u32be = (value: number) => u32le(value).reverse();
const join = (...parts: (Buffer | string)[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

/** 58° 22' 50.16" and 26° 43' 21.00", as EXIF writes them: numerators and denominators. */
const rationals = (numbers: number[]): Buffer => join(...numbers.map(u32le));
export const LATITUDE = rationals([58, 1, 22, 1, 5016, 100]);
const LONGITUDE = rationals([26, 1, 43, 1, 2100, 100]);

/** TIFF as EXIF uses it: a directory of the picture, one of GPS and one of the thumbnail. */
function exif(orientation: number, thumbnail: Buffer): Buffer {
  const entry = (tag: number, kind: number, count: number, value: number) => join(u16le(tag), u16le(kind), u32le(count), u32le(value));
  const directory = (entries: Buffer[], next: number) => join(u16le(entries.length), ...entries, u32le(next));
  // Three, five and two entries of 12 bytes, each directory with six more.
  const gps = 8 + 42;
  const small = gps + 66;
  const text = small + 30;
  const latitude = text + SECRET.length;
  const longitude = latitude + 24;
  return join(
    'II*\0', u32le(8),
    directory([entry(0x010e, 2, SECRET.length, text), entry(0x0112, 3, 1, orientation), entry(0x8825, 4, 1, gps)], small),
    directory([entry(0, 1, 4, 0x0302), entry(1, 2, 2, 78), entry(2, 5, 3, latitude), entry(3, 2, 2, 69), entry(4, 5, 3, longitude)], 0),
    directory([entry(0x0201, 4, 1, longitude + 24), entry(0x0202, 4, 1, thumbnail.length)], 0),
    SECRET, LATITUDE, LONGITUDE, thumbnail,
  );
}

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="58,22.8360N" dc:creator="${SECRET}"/></rdf:RDF></x:xmpmeta>`;
/** A caption, as a Photoshop resource keeps it. */
const IPTC = join('8BIM\x04\x04\0\0', u32be(SECRET.length + 5), '\x1c\x02\x78', u16be(SECRET.length), SECRET);

function talkativeJpeg(plain: Buffer, orientation: number, thumbnail: Buffer): Buffer {
  const segment = (marker: number, ...content: (Buffer | string)[]) => join(Buffer.from([0xff, marker]), u16be(join(...content).length + 2), ...content);
  return join(
    plain.subarray(0, 2),
    segment(0xe1, 'Exif\0\0', exif(orientation, thumbnail)),
    segment(0xe0, 'JFXX\0\x10', thumbnail, SECRET),
    segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', XMP),
    segment(0xed, 'Photoshop 3.0\0', IPTC),
    segment(0xfe, SECRET),
    plain.subarray(2),
  );
}

function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(kind: string, ...data: (Buffer | string)[]): Buffer {
  const body = join(kind, ...data);
  return join(u32be(body.length - 4), body, u32be(crc(body)));
}

/** The signature and IHDR of a PNG. */
const BEHIND_HEADER = 33;

const talkativePng = (plain: Buffer, orientation: number, thumbnail: Buffer): Buffer => join(
  plain.subarray(0, BEHIND_HEADER),
  chunk('eXIf', exif(orientation, thumbnail)),
  chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', XMP),
  chunk('tEXt', 'Raw profile type iptc\0', `\niptc\n${IPTC.length}\n${IPTC.toString('hex')}\n`),
  chunk('tEXt', `Comment\0${SECRET}`),
  chunk('stEd', SECRET),
  plain.subarray(BEHIND_HEADER),
);

/** Only the pixels of a WebP, without the profile that the browser writes beside them. */
function simpleWebp(file: Buffer): Buffer {
  let at = 12;
  const size = () => 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) % 2);
  while (file.toString('latin1', at, at + 4) !== 'VP8 ') at += size();
  const pixels = file.subarray(at, at + size());
  return join('RIFF', u32le(pixels.length + 4), 'WEBP', pixels);
}

function talkativeWebp(plain: Buffer, orientation: number, thumbnail: Buffer): Buffer {
  const [width, height] = orientation > 4 ? [HIGH, WIDE] : [WIDE, HIGH];
  const part = (kind: string, data: Buffer) => join(kind, u32le(data.length), data, data.length % 2 ? '\0' : '');
  const flags = Buffer.from([0x08 | 0x04, 0, 0, 0]); // EXIF and XMP
  const header = join(flags, u32le(width - 1).subarray(0, 3), u32le(height - 1).subarray(0, 3));
  const body = join('WEBP', part('VP8X', header), plain.subarray(12), part('EXIF', exif(orientation, thumbnail)), part('XMP ', Buffer.from(XMP)), part('IPTC', IPTC));
  return join('RIFF', u32le(body.length), body);
}

/** The quarters as a camera held otherwise keeps them: with this orientation they are upright again. */
async function quarters(page: Page, format: Format, orientation: number): Promise<Buffer> {
  const base64 = await page.evaluate(({ type, turned, width, height }) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, turned > 4 ? { width: height, height: width } : { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('no canvas');
    for (let x = 0; x < width; x += 1) for (let y = 0; y < height; y += 1) {
      const [right, lower] = [x < width / 2 ? 0 : 1, y < height / 2 ? 0 : 1];
      context.fillStyle = ['#dc1414', '#14dc14', '#1414dc', '#fafafa'][2 * lower + right] ?? '';
      const [x2, y2] = [width - 1 - x, height - 1 - y];
      const kept = [[x, y], [x2, y], [x2, y2], [x, y2], [y, x], [y, x2], [y2, x2], [y2, x]][turned - 1] ?? [0, 0];
      context.fillRect(kept[0] ?? 0, kept[1] ?? 0, 1, 1);
    }
    return canvas.toDataURL(type, 0.95).split(',')[1] ?? '';
  }, { type: `image/${format}`, turned: orientation, width: WIDE, height: HIGH });
  const file = Buffer.from(base64, 'base64');
  return format === 'webp' ? simpleWebp(file) : file;
}

export const plain = (page: Page, format: Format): Promise<Buffer> => quarters(page, format, 1);

/** A photo with EXIF (orientation, a whole GPS position, a description and a thumbnail), XMP, IPTC and comments. */
export async function talkative(page: Page, format: Format, orientation: number): Promise<Buffer> {
  const thumbnail = join(await quarters(page, 'jpeg', 1), SECRET);
  const picture = await quarters(page, format, orientation);
  switch (format) {
    case 'jpeg': return talkativeJpeg(picture, orientation, thumbnail);
    case 'png': return talkativePng(picture, orientation, thumbnail);
    case 'webp': return talkativeWebp(picture, orientation, thumbnail);
  }
}

/** Small black and white tiles: where it is blurred they are grey, and nowhere else. */
export async function tiles(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (let x = 0; x < canvas.width; x += 8) for (let y = 0; y < canvas.height; y += 8) {
      context.fillStyle = (x + y) % 16 ? '#fff' : '#000';
      context.fillRect(x, y, 8, 8);
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

/** A whole white picture of any size in few bytes: one bit a pixel. */
export function white(width: number, height: number): Buffer {
  const row = join('\0', Buffer.alloc(Math.ceil(width / 8), 255));
  const pixels = deflateSync(Buffer.concat(Array<Buffer>(height).fill(row)));
  return join('\x89PNG\r\n\x1a\n', chunk('IHDR', u32be(width), u32be(height), '\x01\0\0\0\0'), chunk('IDAT', pixels), chunk('IEND'));
}

/** A small picture whose header says that it is this large. */
export async function lying(page: Page, format: Format, width: number, height: number): Promise<Buffer> {
  const bytes = await plain(page, format);
  switch (format) {
    case 'png': return join(bytes.subarray(0, 8), chunk('IHDR', u32be(width), u32be(height), bytes.subarray(24, 29)), bytes.subarray(BEHIND_HEADER));
    case 'jpeg': {
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
      return join(bytes.subarray(0, frame + 5), u16be(height), u16be(width), bytes.subarray(frame + 9));
    }
    // Behind RIFF, its size, WEBP, VP8, its size, the frame's tag and its signature: 14 bits each.
    case 'webp': return join(bytes.subarray(0, 26), u16le(width), u16le(height), bytes.subarray(30));
  }
}
