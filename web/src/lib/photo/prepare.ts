/** Pictures on their way to the server: turned upright, made smaller and drawn anew on this device, so that nothing of the file but its picture is left. */
import { imageSize } from 'image-size';
import { isOnItsSide, unturned, upright, type Orientation } from './turn';

/** As the server keeps them. */
export const LONG_SIDE = 2_048;
const MOST_BYTES = 40_000_000;
const MOST_PIXELS = 40_000_000;
/** Within these a file says its size; what stands before it in a JPEG is some segments of 64 kB at most. */
const HEAD_BYTES = 1_000_000;
const QUALITY = 0.85;

export type Refusal = 'not-a-photo' | 'too-large';

/** Why a file is no photo that we can take. */
export class PhotoRefused extends Error {
  constructor(readonly why: Refusal) {
    super(why);
  }
}

/** The size to draw at: the long side at most `LONG_SIDE`, never larger than it was. */
export function fitted(width: number, height: number, longSide = LONG_SIDE): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Whether a file says itself that it has too many pixels; what says nothing is decoded to know. */
async function saysTooLarge(file: Blob): Promise<boolean> {
  try {
    const { width, height } = imageSize(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
    return width * height > MOST_PIXELS;
  } catch {
    return false;
  }
}

/** Decodes a file and draws it upright. Place, time and camera were in the file, and stay in it. */
export async function drawn(file: Blob): Promise<HTMLCanvasElement> {
  // Before decoding: a small file of a huge picture takes more memory than a phone has.
  if (file.size > MOST_BYTES || (await saysTooLarge(file))) throw new PhotoRefused('too-large');
  let picture: ImageBitmap;
  let orientation: Orientation;
  try {
    const read = await unturned(file);
    orientation = read.orientation;
    picture = await createImageBitmap(read.file, { imageOrientation: 'from-image' });
  } catch {
    throw new PhotoRefused('not-a-photo');
  }
  try {
    if (picture.width * picture.height > MOST_PIXELS) throw new PhotoRefused('too-large');
    const canvas = document.createElement('canvas');
    const onItsSide = isOnItsSide(orientation);
    Object.assign(canvas, onItsSide ? fitted(picture.height, picture.width) : fitted(picture.width, picture.height));
    const context = canvas.getContext('2d');
    if (!context) throw new PhotoRefused('not-a-photo');
    context.imageSmoothingQuality = 'high';
    // JPEG knows no transparency: what was see-through becomes paper, not black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(...upright(orientation, canvas.width, canvas.height));
    context.drawImage(picture, 0, 0, onItsSide ? canvas.height : canvas.width, onItsSide ? canvas.width : canvas.height);
    return canvas;
  } finally {
    picture.close();
  }
}

/** A new JPEG file of what is on the canvas. */
export async function encoded(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob) throw new PhotoRefused('not-a-photo');
  return new Uint8Array(await blob.arrayBuffer());
}
