/** Making parts of a picture unknowable: what is under a mark is replaced by a few large averages, not hidden behind a bar. */
import type { Mark } from './marks';

/** About so many averages along the long side of the whole picture: a face across a quarter of it is left with some four by four. */
const AVERAGES = 16;

/** The picture with every mark in it, on `target`. `whole` stays as it is, so that marks can be taken back. */
export function drawBlurred(target: HTMLCanvasElement, whole: HTMLCanvasElement, marks: readonly Mark[]): void {
  Object.assign(target, { width: whole.width, height: whole.height });
  const context = target.getContext('2d');
  if (!context) return;
  context.drawImage(whole, 0, 0);
  if (marks.length === 0) return;
  const coarse = averaged(whole);
  for (const mark of marks) {
    context.save();
    context.beginPath();
    trace(context, mark);
    context.clip();
    context.imageSmoothingEnabled = true;
    context.drawImage(coarse, 0, 0, whole.width, whole.height);
    context.restore();
  }
}

/** Halved again and again, so that every pixel has its part in the averages: one big step would pick out single ones. */
function averaged(whole: HTMLCanvasElement): HTMLCanvasElement {
  let now = whole;
  const goal = Math.max(whole.width, whole.height) / AVERAGES;
  for (let shrunk = 1; shrunk < goal; shrunk *= 2) {
    const next = document.createElement('canvas');
    Object.assign(next, { width: Math.max(1, Math.ceil(now.width / 2)), height: Math.max(1, Math.ceil(now.height / 2)) });
    next.getContext('2d')?.drawImage(now, 0, 0, next.width, next.height);
    now = next;
  }
  return now;
}

function trace(context: CanvasRenderingContext2D, mark: Mark): void {
  if (mark.kind === 'box') return context.rect(mark.x, mark.y, mark.width, mark.height);
  for (const [x, y] of mark.points) {
    context.moveTo(x + mark.radius, y);
    context.arc(x, y, mark.radius, 0, 2 * Math.PI);
  }
}
