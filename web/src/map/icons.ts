/** The shapes on the map, drawn once on a canvas: supports, places, stripes and marks. */
import { markPath, stripePath, type Mark, type Stripe } from '../lib/drawing/looks';
import { HATCHES, MARK_ICON, MARKS } from './overlayLayers';
import type { Palette } from './palette';
import { drawingOf, PICTOGRAMS } from './pictograms';

const SCALE = 2;

function draw(size: number, paint: (context: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas.');
  context.scale(SCALE, SCALE);
  paint(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function support(palette: Palette, drawing: string, chosen: boolean): ImageData {
  const size = chosen ? 42 : 30;
  return draw(size, (c) => {
    c.beginPath();
    c.roundRect(3, 3, size - 6, size - 6, chosen ? 11 : 8);
    c.fillStyle = chosen ? palette.pine : palette.raised;
    c.fill();
    c.lineWidth = chosen ? 3 : 1.5;
    c.strokeStyle = chosen ? palette.ink : palette.pine;
    c.stroke();
    const inner = chosen ? 24 : 17;
    c.translate((size - inner) / 2, (size - inner) / 2);
    c.scale(inner / 24, inner / 24);
    c.lineWidth = 2;
    c.lineCap = c.lineJoin = 'round';
    c.strokeStyle = chosen ? palette.onPine : palette.pine;
    c.stroke(new Path2D(drawing));
  });
}

/** One that a plan would close: pale, with a stroke across. */
function closing(palette: Palette, drawing: string): ImageData {
  const size = 34;
  return draw(size, (c) => {
    c.beginPath();
    c.roundRect(3, 3, size - 6, size - 6, 8);
    c.fillStyle = palette.paper;
    c.fill();
    c.lineWidth = 2;
    c.setLineDash([4, 3]);
    c.strokeStyle = palette.ink;
    c.stroke();
    c.setLineDash([]);
    c.lineCap = 'round';
    c.save();
    c.translate((size - 17) / 2, (size - 17) / 2);
    c.scale(17 / 24, 17 / 24);
    c.strokeStyle = palette.muted;
    c.stroke(new Path2D(drawing));
    c.restore();
    c.lineWidth = 3;
    c.strokeStyle = palette.copper;
    c.stroke(new Path2D(`M6 ${size - 6}L${size - 6} 6`));
  });
}

function place(palette: Palette, being: boolean, doing: boolean): ImageData {
  return draw(32, (c) => {
    c.lineWidth = 2.5;
    c.strokeStyle = palette.paper;
    if (doing) {
      c.beginPath();
      c.moveTo(16, 2);
      c.lineTo(30, 16);
      c.lineTo(16, 30);
      c.lineTo(2, 16);
      c.closePath();
      c.fillStyle = palette.copper;
      c.fill();
      c.stroke();
    }
    if (being) {
      c.beginPath();
      c.arc(16, 16, doing ? 7 : 11, 0, 2 * Math.PI);
      c.fillStyle = palette.pine;
      c.fill();
      c.stroke();
    }
  });
}

function hatch(palette: Palette, stripe: Stripe): ImageData {
  return draw(10, (c) => {
    c.strokeStyle = palette.hatch;
    c.lineWidth = 1.3;
    c.stroke(new Path2D(stripePath(stripe, 10)));
  });
}

function mark(palette: Palette, of: Mark): ImageData {
  return draw(28, (c) => {
    const path = new Path2D(markPath(of, 14, 14, 9));
    c.lineCap = 'square';
    c.lineWidth = 5.5;
    c.strokeStyle = palette.paper;
    c.stroke(path);
    c.lineCap = 'butt';
    c.lineWidth = 2.4;
    c.strokeStyle = palette.ink;
    c.stroke(path);
  });
}

export interface MapImage {
  id: string;
  image: ImageData;
  pixelRatio: number;
}

export function mapImages(palette: Palette): MapImage[] {
  const images: MapImage[] = (Object.entries(HATCHES) as [Stripe, string][]).map(([stripe, id]) => ({ id, image: hatch(palette, stripe), pixelRatio: SCALE }));
  for (const of of MARKS) images.push({ id: MARK_ICON + of, image: mark(palette, of), pixelRatio: SCALE });
  for (const [shape, being, doing] of [['being', true, false], ['doing', false, true], ['both', true, true]] as const) {
    images.push({ id: `place-${shape}`, image: place(palette, being, doing), pixelRatio: SCALE });
  }
  for (const name of PICTOGRAMS) {
    images.push({ id: `support-${name}`, image: support(palette, drawingOf(name), false), pixelRatio: SCALE });
    images.push({ id: `support-closing-${name}`, image: closing(palette, drawingOf(name)), pixelRatio: SCALE });
    images.push({ id: `support-chosen-${name}`, image: support(palette, drawingOf(name), true), pixelRatio: SCALE });
  }
  return images;
}
