/** Paints a sheet on a canvas, with everything that a picture needs when it stands alone. */
import { FONT } from '../../map/basemapLayers';
import { LIGHT, type Palette } from '../../map/palette';
import { colourOf, markPath, stripePath, type Look, type Stripe } from './looks';
import { markAbove, signOf, type Drawing, type LegendEntry, type Sheet } from './sheet';

/** In CSS pixels; a saved picture has twice as many each way, for paper. */
export const SHEET_WIDTH = 900;
export const SHEET_SCALE = 2;
const MARGIN = 32;
const GAP = 20;
const TILE = 9;

type Context = CanvasRenderingContext2D;

const font = (size: number, weight = 400): string => `${weight} ${size}px "${FONT}", system-ui, sans-serif`;

/** Words in lines that fit. */
function linesOf(context: Context, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** Goes down the sheet; without a context to draw on it only measures. */
class Pen {
  y = MARGIN;
  constructor(readonly context: Context, readonly palette: Palette) {}

  words(text: string, size: number, { weight = 400, colour = this.palette.ink, x = MARGIN, width = SHEET_WIDTH - 2 * MARGIN } = {}): void {
    this.context.font = font(size, weight);
    this.context.fillStyle = colour;
    for (const line of linesOf(this.context, text, width)) {
      this.context.fillText(line, x, this.y + size);
      this.y += size * 1.4;
    }
  }
}

function stripesOf(context: Context, palette: Palette): Record<Stripe, CanvasPattern> {
  const of = (stripe: Stripe): CanvasPattern => {
    const tile = document.createElement('canvas');
    // Four times as fine as it is drawn: the drawing is enlarged, and twice again for paper.
    const fine = 4;
    tile.width = tile.height = TILE * fine;
    const on = tile.getContext('2d');
    const pattern = on && (on.scale(fine, fine), (on.strokeStyle = palette.hatch), (on.lineWidth = 1.4), on.stroke(new Path2D(stripePath(stripe, TILE))), context.createPattern(tile, 'repeat'));
    if (!pattern) throw new Error('This browser gives no 2D canvas.');
    pattern.setTransform(new DOMMatrix().scale(1 / fine));
    return pattern;
  };
  return { rising: of('rising'), falling: of('falling'), upright: of('upright') };
}

function strokeMark(context: Context, palette: Palette, path: Path2D, [ground, sign]: readonly [number, number]): void {
  context.lineCap = 'square';
  context.lineWidth = ground;
  context.strokeStyle = palette.paper;
  context.stroke(path);
  context.lineCap = 'butt';
  context.lineWidth = sign;
  context.strokeStyle = palette.ink;
  context.stroke(path);
}

function fillArea(context: Context, palette: Palette, stripes: Record<Stripe, CanvasPattern>, path: Path2D, look: Look): void {
  context.fillStyle = colourOf(look.fill, palette);
  context.fill(path, 'evenodd');
  if (!look.stripe) return;
  context.fillStyle = stripes[look.stripe];
  context.fill(path, 'evenodd');
}

/** The same layers as the drawing in the page. */
function paintDrawing(context: Context, palette: Palette, stripes: Record<Stripe, CanvasPattern>, { areas, lines, labels }: Drawing): void {
  const paths = areas.map((area) => ({ ...area, path: new Path2D(area.d) }));
  context.lineJoin = 'round';
  for (const { path, look } of paths) {
    fillArea(context, palette, stripes, path, look);
    context.strokeStyle = palette.border;
    context.lineWidth = 0.7;
    context.stroke(path);
  }
  context.strokeStyle = palette.muted;
  context.lineWidth = 0.8;
  context.setLineDash([4, 3]);
  for (const d of lines) context.stroke(new Path2D(d));
  context.setLineDash([]);
  for (const [layer, colour, width] of [['sure', palette.ink, 3], ['chosen', palette.copper, 5]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (const area of paths) if (layer === 'sure' ? area.look.sure : area.chosen) context.stroke(area.path);
  }
  for (const label of labels) {
    if (label.look?.mark) strokeMark(context, palette, new Path2D(markPath(label.look.mark, label.x, markAbove(label), signOf(label))), [6, 2.6]);
  }
  context.font = font(15);
  context.textAlign = 'center';
  for (const { x, y, text } of labels) {
    if (!text) continue;
    context.lineWidth = 4;
    context.strokeStyle = palette.paper;
    context.strokeText(text, x, y);
    context.fillStyle = palette.ink;
    context.fillText(text, x, y);
  }
  context.textAlign = 'start';
}

function paintEntry(pen: Pen, stripes: Record<Stripe, CanvasPattern>, { look, words }: LegendEntry, x: number, width: number): void {
  const { context, palette } = pen;
  const top = pen.y;
  const box = new Path2D(`M${x} ${top + 2}h30v20h-30Z`);
  fillArea(context, palette, stripes, box, look);
  context.lineWidth = look.sure ? 2.5 : 1;
  context.strokeStyle = look.sure ? palette.ink : palette.border;
  context.stroke(box);
  if (look.mark) strokeMark(context, palette, new Path2D(markPath(look.mark, x + 15, top + 12, 7)), [5, 2]);
  pen.y = top + 3;
  pen.words(words, 15, { x: x + 40, width: width - 40 });
  pen.y = Math.max(pen.y, top + 26);
}

function paint(context: Context, sheet: Sheet, palette: Palette): number {
  const pen = new Pen(context, palette);
  const stripes = stripesOf(context, palette);
  pen.words(sheet.title, 24, { weight: 650 });
  pen.y += 8;
  const room = SHEET_WIDTH - 2 * MARGIN;
  const each = (room - GAP * (sheet.drawings.length - 1)) / Math.max(1, sheet.drawings.length);
  let lowest = pen.y;
  const top = pen.y;
  sheet.drawings.forEach(({ caption, drawing }, i) => {
    const left = MARGIN + i * (each + GAP);
    pen.y = top;
    if (caption) pen.words(caption, 16, { weight: 650, x: left, width: each });
    const [x, y, width, height] = drawing.frame;
    const scale = each / width;
    context.save();
    context.translate(left, pen.y + 4);
    context.scale(scale, scale);
    context.translate(-x, -y);
    paintDrawing(context, palette, stripes, drawing);
    context.restore();
    lowest = Math.max(lowest, pen.y + 4 + height * scale);
  });
  pen.y = lowest + 16;
  pen.words(sheet.legend.title, 17, { weight: 650 });
  pen.y += 4;
  const column = (room - GAP) / 2;
  for (let i = 0; i < sheet.legend.entries.length; i += 2) {
    const rowTop = pen.y;
    let rowEnd = rowTop;
    sheet.legend.entries.slice(i, i + 2).forEach((entry, side) => {
      pen.y = rowTop;
      paintEntry(pen, stripes, entry, MARGIN + side * (column + GAP), column);
      rowEnd = Math.max(rowEnd, pen.y);
    });
    pen.y = rowEnd + 2;
  }
  for (const note of sheet.legend.notes) pen.words(note, 14, { colour: palette.muted });
  pen.y += 10;
  for (const line of sheet.lines) {
    pen.words(line, 14);
    pen.y += 4;
  }
  return Math.ceil(pen.y + MARGIN - 8);
}

function boardOf(width: number, height: number): { canvas: HTMLCanvasElement; context: Context } {
  const canvas = document.createElement('canvas');
  canvas.width = width * SHEET_SCALE;
  canvas.height = height * SHEET_SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas.');
  context.scale(SHEET_SCALE, SHEET_SCALE);
  return { canvas, context };
}

/**
 * The sheet as a canvas. It is for paper and for documents, so it is light whatever scheme the page has; the page's own
 * font is waited for, since a canvas does not wait for it.
 */
export async function paintSheet(sheet: Sheet, palette: Palette = LIGHT): Promise<HTMLCanvasElement> {
  await Promise.all(['400 24px', '650 24px'].flatMap((face) => ['Aä', 'Čš'].map((sample) => document.fonts.load(`${face} "${FONT}"`, sample))));
  // Once to know how high it will be, which only the words can tell; once for good.
  const height = paint(boardOf(1, 1).context, sheet, palette);
  const { canvas, context } = boardOf(SHEET_WIDTH, height);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, SHEET_WIDTH, height);
  paint(context, sheet, palette);
  return canvas;
}
