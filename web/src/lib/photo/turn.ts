/**
 * How a WebP is turned. Browsers turn JPEG and PNG upright as their EXIF says, but not all do so with WebP (Chromium does not):
 * what it says is read here, and hidden from the browser, so that no picture is turned twice or not at all.
 */

/** By EXIF: 1 is upright, 2 to 8 are mirrored or turned. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION = 0x0112;
const HAS_EXIF = 0x08;
/** RIFF, a size, WEBP; then each chunk has a name and a size before its content. */
const CHUNKS_AT = 12;
const HEAD = 8;

const nameAt = (bytes: DataView, at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((i) => bytes.getUint8(at + i)));

/** The orientation within EXIF; upright where it says none, or says it in a way that nobody can read. */
export function orientationOf(exif: DataView): Orientation {
  try {
    // Some programs put the name of the segment in front, as a JPEG has it.
    const start = nameAt(exif, 0) === 'Exif' ? 6 : 0;
    const little = nameAt(exif, start).startsWith('II');
    const directory = start + exif.getUint32(start + 4, little);
    const entries = exif.getUint16(directory, little);
    for (let at = directory + 2; at < directory + 2 + 12 * entries; at += 12) {
      if (exif.getUint16(at, little) !== ORIENTATION) continue;
      const says = exif.getUint16(at + 8, little);
      return says >= 1 && says <= 8 ? (says as Orientation) : 1;
    }
  } catch {
    // cut off or broken: its pixels may be whole
  }
  return 1;
}

/** A file, how it is to be turned after decoding, and nothing in it that would have the browser turn it as well. */
export async function unturned(file: Blob): Promise<{ file: Blob; orientation: Orientation }> {
  const start = new DataView(await file.slice(0, CHUNKS_AT).arrayBuffer());
  if (start.byteLength < CHUNKS_AT || nameAt(start, 0) !== 'RIFF' || nameAt(start, 8) !== 'WEBP') return { file, orientation: 1 };
  const bytes = new DataView(await file.arrayBuffer());
  for (let at = CHUNKS_AT; at + HEAD <= bytes.byteLength;) {
    const size = bytes.getUint32(at + 4, true);
    const name = nameAt(bytes, at);
    if (name === 'VP8X' && size > 0) bytes.setUint8(at + HEAD, bytes.getUint8(at + HEAD) & ~HAS_EXIF);
    if (name === 'EXIF') {
      const exif = new DataView(bytes.buffer, at + HEAD, Math.min(size, bytes.byteLength - at - HEAD));
      bytes.setUint32(at, 0x68696465); // a name that no decoder knows: it passes over the chunk
      return { file: new Blob([bytes], { type: 'image/webp' }), orientation: orientationOf(exif) };
    }
    at += HEAD + size + (size % 2);
  }
  return { file, orientation: 1 };
}

export const isOnItsSide = (orientation: Orientation): boolean => orientation > 4;

/** The matrix that draws a picture upright which is kept turned, into this width and height. */
export function upright(orientation: Orientation, width: number, height: number): [number, number, number, number, number, number] {
  switch (orientation) {
    case 1: return [1, 0, 0, 1, 0, 0];
    case 2: return [-1, 0, 0, 1, width, 0];
    case 3: return [-1, 0, 0, -1, width, height];
    case 4: return [1, 0, 0, -1, 0, height];
    case 5: return [0, 1, 1, 0, 0, 0];
    case 6: return [0, 1, -1, 0, width, 0];
    case 7: return [0, -1, -1, 0, width, height];
    case 8: return [0, -1, 1, 0, 0, height];
  }
}
