import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { announce } from '../../../components/LiveRegion';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { drawBlurred } from '../../../lib/photo/blur';
import { BOX, boxAround, boxDrawn, strokeFrom, strokeTo, THINNEST, type At, type Mark } from '../../../lib/photo/marks';

type Tool = 'box' | 'brush';

/** How far a key moves the box, and makes it larger or smaller: a share of the picture's width. */
const STEP = 0.03;

const held = (share: number): number => Math.min(1, Math.max(0, share));

/** Everywhere the pointer went since it was last heard of, where the browser tells. */
const wayOf = (event: PointerEvent): readonly PointerEvent[] => {
  const way = 'getCoalescedEvents' in event ? event.getCoalescedEvents() : [];
  return way.length > 0 ? way : [event];
};

/** Hides faces and number plates before anything is sent: by drawing over them, or with a box that the keys move. */
export function BlurTool({ whole, marks, setMarks }: { whole: HTMLCanvasElement; marks: readonly Mark[]; setMarks: (marks: Mark[]) => void }) {
  const words = mine.words.photos;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [tool, setTool] = useState<Tool>('box');
  const [drawing, setDrawing] = useState<{ from: At; mark: Mark } | null>(null);
  /** The box of the keyboard, by its middle, in shares of the picture. */
  const [box, setBox] = useState<{ x: number; y: number; size: number } | null>(null);
  const help = useId();
  const { width, height } = whole;

  const keyed = box && boxAround([box.x * width, box.y * height], box.size * width);
  useEffect(() => {
    if (!canvas.current) return;
    drawBlurred(canvas.current, whole, drawing ? [...marks, drawing.mark] : marks);
    const context = canvas.current.getContext('2d');
    if (!context || keyed?.kind !== 'box') return;
    context.lineWidth = Math.max(3, width / 200);
    for (const [colour, grow] of [['#1f2a2e', 0], ['#ffb81c', context.lineWidth]] as const) {
      context.strokeStyle = colour;
      context.strokeRect(keyed.x - grow, keyed.y - grow, keyed.width + 2 * grow, keyed.height + 2 * grow);
    }
  }, [whole, marks, drawing, box]);

  const add = (mark: Mark) => {
    setMarks([...marks, mark]);
    announce(words.blurred(formats.value.number(marks.length + 1)));
  };
  /** Where in the picture; beside it, the nearest of its edge: what is marked is always a part of it. */
  const at = (event: PointerEvent): At => {
    const frame = canvas.current?.getBoundingClientRect();
    return frame ? [held((event.clientX - frame.left) / frame.width) * width, held((event.clientY - frame.top) / frame.height) * height] : [0, 0];
  };
  const begin = (event: PointerEvent) => {
    canvas.current?.setPointerCapture(event.pointerId);
    const from = at(event);
    setBox(null);
    setDrawing({ from, mark: tool === 'box' ? boxDrawn(from, from, width) : strokeFrom(from, width) });
  };
  const drawnTo = ({ from, mark }: { from: At; mark: Mark }, event: PointerEvent): Mark => {
    if (mark.kind === 'box') return boxDrawn(from, at(event), width);
    return { ...mark, points: wayOf(event).reduce((points, one) => strokeTo(points, at(one), mark.radius), mark.points) };
  };
  const move = (event: PointerEvent) => {
    if (drawing) setDrawing({ ...drawing, mark: drawnTo(drawing, event) });
  };
  const end = (event: PointerEvent) => {
    if (drawing) add(drawnTo(drawing, event));
    setDrawing(null);
  };
  const key = (event: KeyboardEvent) => {
    const now = box ?? { x: 0.5, y: 0.5, size: BOX };
    const place = (next: typeof now) => {
      setBox(next);
      announce(words.blurBox(formats.value.percent(next.x), formats.value.percent(next.y), formats.value.percent(next.size)));
    };
    switch (event.key) {
      case 'ArrowLeft': place({ ...now, x: held(now.x - STEP) }); break;
      case 'ArrowRight': place({ ...now, x: held(now.x + STEP) }); break;
      case 'ArrowUp': place({ ...now, y: held(now.y - STEP) }); break;
      case 'ArrowDown': place({ ...now, y: held(now.y + STEP) }); break;
      case '+': place({ ...now, size: Math.min(1, now.size + STEP) }); break;
      case '-': place({ ...now, size: Math.max(THINNEST, now.size - STEP) }); break;
      case 'Enter': if (keyed) add(keyed); break;
      default: return;
    }
    event.preventDefault();
  };
  return (
    <div class="stack-small">
      <p id={help} class="small muted">{words.blurHelp}</p>
      <fieldset>
        <legend class="visually-hidden">{words.blurWith}</legend>
        <div class="segments">
          {(['box', 'brush'] as const).map((one) => (
            <label key={one} class="segment">
              <input type="radio" name="blur-tool" value={one} checked={tool === one} onChange={() => setTool(one)} />
              <span>{words.tools[one]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <canvas ref={canvas} class="blur-canvas" tabIndex={0} role="application" aria-label={words.blurPicture} aria-describedby={help}
        onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={() => setDrawing(null)} onKeyDown={key} />
      <div class="row">
        <button type="button" class="button button-small" disabled={marks.length === 0} onClick={() => setMarks(marks.slice(0, -1))}>{words.blurBack}</button>
        <span class="small muted">{words.blurs(marks.length, formats.value.number(marks.length))}</span>
      </div>
    </div>
  );
}
