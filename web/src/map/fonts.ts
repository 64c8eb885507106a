/** The page's own font, for what is drawn on a canvas: that waits for no font by itself. */
import { FONT } from './basemapLayers';

/** Text in another font is better than none: on a bad connection a font may never come. */
const WAIT_MS = 3_000;

/** Fetches these faces; each sample text selects one font file. */
export const fetchFonts = (...faces: string[]): Promise<unknown> =>
  Promise.all(faces.flatMap((face) => ['Aä', 'Čš'].map((sample) => document.fonts.load(`${face} "${FONT}"`, sample))));

/** Waits for these faces as long as it is worth it; never fails. */
export const fontsReady = (...faces: string[]): Promise<unknown> =>
  Promise.race([fetchFonts(...faces).catch(() => undefined), new Promise((done) => setTimeout(done, WAIT_MS))]);
