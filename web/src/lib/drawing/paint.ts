/** Paints a sheet on a canvas, with everything that a picture needs when it stands alone. */
import { FONT } from '../../map/basemapLayers';
import { fontsReady } from '../../map/fonts';
import { LIGHT, type Palette } from '../../map/palette';
import { colourOf, markPath, stripePath, SUPPORT_SHAPES, type Look, type Stripe, type SupportState } from './looks';
import { markAbove, signOf, type Drawing, type LegendEntry, type Sheet, type SheetPart } from './sheet';

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
function paintDrawing(context: Context, palette: Palette, stripes: Record<Stripe, CanvasPattern>, { areas, lines, supports = [], labels }: Drawing): void {
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
  for (const { x, y, state } of supports) supportAt(context, palette, x, y, state);
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

/** A support, at the point that the context is moved to. */
function paintSupport(context: Context, palette: Palette, state: SupportState): void {
  const { half, corner, strokes } = SUPPORT_SHAPES[state];
  const box = new Path2D();
  box.roundRect(-half, -half, 2 * half, 2 * half, corner);
  context.fillStyle = state === 'closing' ? palette.paper : palette.raised;
  context.fill(box);
  context.strokeStyle = state === 'counts' ? palette.pine : palette.ink;
  context.lineWidth = state === 'opening' ? 3 : 2;
  context.setLineDash(state === 'closing' ? [4, 3] : []);
  context.stroke(box);
  context.setLineDash([]);
  if (!strokes) return;
  context.lineCap = 'round';
  context.strokeStyle = state === 'closing' ? palette.copper : palette.ink;
  context.lineWidth = state === 'closing' ? 4 : 3;
  context.stroke(new Path2D(strokes));
  context.lineCap = 'butt';
}

function supportAt(context: Context, palette: Palette, x: number, y: number, state: SupportState): void {
  context.save();
  context.translate(x, y);
  paintSupport(context, palette, state);
  context.restore();
}

function paintEntry(pen: Pen, stripes: Record<Stripe, CanvasPattern>, { look, words }: LegendEntry, x: number, width: number): void {
  const { context, palette } = pen;
  const top = pen.y;
  if (typeof look === 'string') supportAt(context, palette, x + 15, top + 12, look);
  else {
    const box = new Path2D(`M${x} ${top + 2}h30v20h-30Z`);
    fillArea(context, palette, stripes, box, look);
    context.lineWidth = look.sure ? 2.5 : 1;
    context.strokeStyle = look.sure ? palette.ink : palette.border;
    context.stroke(box);
    if (look.mark) strokeMark(context, palette, new Path2D(markPath(look.mark, x + 15, top + 12, 7)), [5, 2]);
  }
  pen.y = top + 3;
  pen.words(words, 15, { x: x + 40, width: width - 40 });
  pen.y = Math.max(pen.y, top + 26);
}

const ROOM = SHEET_WIDTH - 2 * MARGIN;

/** The drawings beside each other from where the pen is, in this much room; the pen is below the tallest afterwards. */
function paintDrawings(pen: Pen, stripes: Record<Stripe, CanvasPattern>, { drawings }: SheetPart, room: number): void {
  const { context, palette } = pen;
  const each = (room - GAP * (drawings.length - 1)) / Math.max(1, drawings.length);
  const top = pen.y;
  let lowest = top;
  // Captions of different length leave their drawings at one height.
  let under = top;
  drawings.forEach(({ caption }, i) => {
    pen.y = top;
    if (caption) pen.words(caption, 16, { weight: 650, x: MARGIN + i * (each + GAP), width: each });
    under = Math.max(under, pen.y);
  });
  drawings.forEach(({ drawing }, i) => {
    const [x, y, width, height] = drawing.frame;
    const scale = each / width;
    context.save();
    context.translate(MARGIN + i * (each + GAP), under + 4);
    context.scale(scale, scale);
    context.translate(-x, -y);
    paintDrawing(context, palette, stripes, drawing);
    context.restore();
    lowest = Math.max(lowest, under + 4 + height * scale);
  });
  pen.y = lowest;
}

function paintLegend(pen: Pen, stripes: Record<Stripe, CanvasPattern>, { legend }: SheetPart, x: number, room: number, columns: 1 | 2): void {
  pen.words(legend.title, 17, { weight: 650, x, width: room });
  pen.y += 4;
  const column = (room - GAP * (columns - 1)) / columns;
  for (let i = 0; i < legend.entries.length; i += columns) {
    const rowTop = pen.y;
    let rowEnd = rowTop;
    legend.entries.slice(i, i + columns).forEach((entry, side) => {
      pen.y = rowTop;
      paintEntry(pen, stripes, entry, x + side * (column + GAP), column);
      rowEnd = Math.max(rowEnd, pen.y);
    });
    pen.y = rowEnd + 2;
  }
  for (const note of legend.notes) pen.words(note, 14, { colour: pen.palette.muted, x, width: room });
}

/** Beside a drawing that stands alone among several parts there is room for its legend. */
const BESIDE = 0.58;

function paintPart(pen: Pen, stripes: Record<Stripe, CanvasPattern>, part: SheetPart, alone: boolean): void {
  if (alone || part.drawings.length !== 1) {
    paintDrawings(pen, stripes, part, ROOM);
    pen.y += 16;
    return paintLegend(pen, stripes, part, MARGIN, ROOM, 2);
  }
  const top = pen.y;
  const wide = ROOM * BESIDE;
  paintDrawings(pen, stripes, part, wide);
  const lowest = pen.y;
  pen.y = top;
  paintLegend(pen, stripes, part, MARGIN + wide + GAP, ROOM - wide - GAP, 1);
  pen.y = Math.max(pen.y, lowest);
}

function paint(context: Context, sheet: Sheet, palette: Palette): number {
  const pen = new Pen(context, palette);
  const stripes = stripesOf(context, palette);
  pen.words(sheet.title, 24, { weight: 650 });
  pen.y += 8;
  sheet.parts.forEach((part, i) => {
    if (i > 0) pen.y += 22;
    paintPart(pen, stripes, part, sheet.parts.length === 1);
  });
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
  await fontsReady('400 24px', '650 24px');
  // Once to know how high it will be, which only the words can tell; once for good.
  const height = paint(boardOf(1, 1).context, sheet, palette);
  const { canvas, context } = boardOf(SHEET_WIDTH, height);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, SHEET_WIDTH, height);
  paint(context, sheet, palette);
  return canvas;
}
