import type { JSX } from 'preact';
import '../../styles/drawing.css';
import { markPath, stripePath, type Stripe } from './looks';
import { pressedAt } from './pressedAt';
import { SupportShape } from './SupportMark';
import { markAbove, signOf, type Drawing } from './sheet';

const STRIPES: readonly Stripe[] = ['rising', 'falling', 'upright'];
const TILE = 9;

interface DrawnSvgProps {
  drawing: Drawing;
  label: string;
  /** Of its stripes; one of its own for each drawing in a page. */
  id: string;
  /** For the pointer alone, with the point of the drawing: everything that it does can be done from a list, too. */
  onSupport?: ((id: string) => void) | undefined;
  onPoint?: ((x: number, y: number) => void) | undefined;
}

/** A drawing in the page: for paper, and for browsers without WebGL. */
export function DrawnSvg({ drawing, label, id, onSupport, onPoint }: DrawnSvgProps) {
  const { frame, areas, lines, supports = [], labels } = drawing;
  const striped = STRIPES.filter((stripe) => areas.some(({ look }) => look.stripe === stripe));
  const press = onPoint && ((event: JSX.TargetedMouseEvent<SVGSVGElement>) => {
    const point = pressedAt(event);
    if (point) onPoint(point.x, point.y);
  });
  return (
    <svg class="drawn" viewBox={frame.map((part) => part.toFixed(1)).join(' ')} role="img" aria-label={label} onClick={press}>
      {striped.length > 0 && (
        <defs>
          {striped.map((stripe) => (
            <pattern key={stripe} id={`${id}-${stripe}`} width={TILE} height={TILE} patternUnits="userSpaceOnUse"><path d={stripePath(stripe, TILE)} /></pattern>
          ))}
        </defs>
      )}
      {areas.map((area) => <path key={area.id} class={`area fill-${area.look.fill}`} d={area.d} />)}
      {areas.map(({ id: of, d, look }) => look.stripe && <path key={of} class="stripes" fill={`url(#${id}-${look.stripe})`} d={d} />)}
      {lines.map((d) => <path key={d} class="line" d={d} />)}
      {areas.map(({ id: of, d, look }) => look.sure && <path key={of} class="sure" d={d} />)}
      {areas.map(({ id: of, d, chosen }) => chosen && <path key={of} class="chosen" d={d} />)}
      {supports.map(({ id: of, x, y, state }) => (
        <g key={of} class={`drawn-support drawn-${state}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          onClick={onSupport && ((event) => { event.stopPropagation(); onSupport(of); })}>
          <SupportShape state={state} />
        </g>
      ))}
      {labels.map((one) => one.look?.mark && (
        <g key={`mark ${one.x} ${one.y}`} class={one.text === null ? undefined : 'above-name'}>
          <path class="mark-ground" d={markPath(one.look.mark, one.x, markAbove(one), signOf(one))} />
          <path class="mark" d={markPath(one.look.mark, one.x, markAbove(one), signOf(one))} />
        </g>
      ))}
      {labels.map((one) => one.text && <text key={`${one.text} ${one.x} ${one.y}`} x={one.x.toFixed(1)} y={one.y.toFixed(1)} text-anchor="middle">{one.text}</text>)}
    </svg>
  );
}
