import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../../components/LiveRegion';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { boxBetween, drawBlurred, type Mark } from '../../../lib/photo/blur';

type Tool = 'box' | 'brush';
type At = readonly [number, number];

/** Shares of the picture's width: what a finger covers, and the box of the keyboard. */
const BRUSH = 0.04;
const BOX = 0.16;
const STEP = 0.03;

/** Hides faces and number plates before anything is sent: by drawing over them, or with a box that the keys move. */
export function BlurTool({ whole, marks, setMarks }: { whole: HTMLCanvasElement; marks: readonly Mark[]; setMarks: (marks: Mark[]) => void }) {
  const words = mine.words.photos;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [tool, setTool] = useState<Tool>('box');
  const [drawing, setDrawing] = useState<{ from: At; mark: Mark } | null>(null);
  /** The box of the keyboard, by its middle, in shares of the picture. */
  const [box, setBox] = useState<{ x: number; y: number; size: number } | null>(null);
  const { width, height } = whole;

  const keyed = box && boxBetween([(box.x - box.size / 2) * width, box.y * height - (box.size / 2) * width], [(box.x + box.size / 2) * width, box.y * height + (box.size / 2) * width]);
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
  const at = (event: PointerEvent): At => {
    const frame = canvas.current?.getBoundingClientRect();
    return frame ? [((event.clientX - frame.left) / frame.width) * width, ((event.clientY - frame.top) / frame.height) * height] : [0, 0];
  };
  const begin = (event: PointerEvent) => {
    canvas.current?.setPointerCapture(event.pointerId);
    const from = at(event);
    setBox(null);
    setDrawing({ from, mark: tool === 'box' ? boxBetween(from, from) : { kind: 'brush', radius: BRUSH * width, points: [from] } });
  };
  const move = (event: PointerEvent) => {
    if (!drawing) return;
    const to = at(event);
    const { from, mark } = drawing;
    setDrawing({ from, mark: mark.kind === 'box' ? boxBetween(from, to) : { ...mark, points: [...mark.points, to] } });
  };
  const end = () => {
    if (drawing) add(drawing.mark);
    setDrawing(null);
  };
  const key = (event: KeyboardEvent) => {
    const now = box ?? { x: 0.5, y: 0.5, size: BOX };
    const held = (share: number) => Math.min(1, Math.max(0, share));
    switch (event.key) {
      case 'ArrowLeft': setBox({ ...now, x: held(now.x - STEP) }); break;
      case 'ArrowRight': setBox({ ...now, x: held(now.x + STEP) }); break;
      case 'ArrowUp': setBox({ ...now, y: held(now.y - STEP) }); break;
      case 'ArrowDown': setBox({ ...now, y: held(now.y + STEP) }); break;
      case '+': setBox({ ...now, size: Math.min(1, now.size + STEP) }); break;
      case '-': setBox({ ...now, size: Math.max(STEP, now.size - STEP) }); break;
      case 'Enter': if (keyed) add(keyed); break;
      default: return;
    }
    event.preventDefault();
  };
  return (
    <div class="stack-small">
      <p class="small muted">{words.blurHelp}</p>
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
      <canvas ref={canvas} class="blur-canvas" tabIndex={0} role="application" aria-label={words.blurPicture}
        onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={() => setDrawing(null)} onKeyDown={key} />
      <div class="row">
        <button type="button" class="button button-small" disabled={marks.length === 0} onClick={() => setMarks(marks.slice(0, -1))}>{words.blurBack}</button>
        <span class="small muted">{words.blurs(marks.length, formats.value.number(marks.length))}</span>
      </div>
    </div>
  );
}
