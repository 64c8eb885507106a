import type { JSX } from 'preact';
import type { LonLat, Neighbourhood } from '../../api/types';
import '../../styles/drawing.css';
import { outlineOf, projection } from '../../lib/drawing/sheet';
import { boundsOf, middleOf } from '../../lib/geometry';

export interface DrawnSupport {
  id: string;
  at: LonLat;
  state: 'counts' | 'closing' | 'opening';
}

interface ReachDrawingProps {
  areas: readonly Neighbourhood[];
  /** Five shades from few to many. */
  steps: ReadonlyMap<string, number>;
  supports: readonly DrawnSupport[];
  chosen: string | null;
  label: string;
  /** For the pointer alone: everything here can be done from the list, too. */
  onSupport?: ((id: string) => void) | undefined;
  onPoint?: ((point: LonLat) => void) | undefined;
}

/** Who reaches support, drawn without a map: for paper, and for browsers without WebGL. */
export function ReachDrawing({ areas, steps, supports, chosen, label, onSupport, onPoint }: ReachDrawingProps) {
  const bounds = boundsOf(areas.map(({ geometry }) => geometry));
  if (!bounds) return null;
  const sheet = projection(bounds);
  const press = (event: JSX.TargetedMouseEvent<SVGSVGElement>) => {
    if (!onPoint) return;
    const matrix = event.currentTarget.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onPoint(sheet.back(x, y));
  };
  return (
    <svg class="drawn reach-drawing" viewBox={`-8 -8 ${sheet.width + 16} ${(sheet.height + 16).toFixed(1)}`} role="img" aria-label={label} onClick={press}>
      {areas.map(({ id, geometry }) => <path key={id} class={`area fill-step-${steps.get(id) ?? 0}`} d={outlineOf(geometry, sheet)} />)}
      {areas.filter(({ id }) => id === chosen).map(({ id, geometry }) => <path key={id} class="sure" d={outlineOf(geometry, sheet)} />)}
      {supports.map(({ id, at, state }) => {
        const [x, y] = sheet.at(at);
        return (
          <g key={id} class={`drawn-support drawn-${state}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            onClick={onSupport && ((event) => { event.stopPropagation(); onSupport(id); })}>
            <SupportShape state={state} />
          </g>
        );
      })}
      {areas.map(({ id, geometry, properties: { name } }) => {
        const [x, y] = sheet.at(middleOf(geometry));
        return <text key={id} x={x.toFixed(1)} y={y.toFixed(1)} text-anchor="middle">{name}</text>;
      })}
    </svg>
  );
}

/** Told apart by shape: a square, a square struck through, a larger one with a plus. */
function SupportShape({ state }: { state: DrawnSupport['state'] }) {
  switch (state) {
    case 'closing': return <><rect x="-7" y="-7" width="14" height="14" rx="3" /><path d="M-9 9L9 -9" /></>;
    case 'opening': return <><rect x="-10" y="-10" width="20" height="20" rx="4" /><path d="M-6 0H6M0 -6V6" /></>;
    default: return <rect x="-4" y="-4" width="8" height="8" rx="2" />;
  }
}

export function SupportMark({ state }: { state: DrawnSupport['state'] }) {
  return <svg class={`support-mark drawn-support drawn-${state}`} viewBox="-13 -13 26 26" aria-hidden="true"><SupportShape state={state} /></svg>;
}
