import { useMemo } from 'preact/hooks';
import type { LonLat } from '../../api/types';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { reachDrawing, type ReachParts } from './reach';

interface ReachDrawingProps extends ReachParts {
  label: string;
  /** Of the drawing's own parts; one of its own for each drawing in a page. */
  id: string;
  onSupport?: ((id: string) => void) | undefined;
  onPoint?: ((point: LonLat) => void) | undefined;
}

/** Who reaches support, drawn without a map: for paper, and for browsers without WebGL. */
export function ReachDrawing({ areas, steps, supports, chosen, label, id, onSupport, onPoint }: ReachDrawingProps) {
  const made = useMemo(() => reachDrawing({ areas, steps, supports, chosen }), [areas, steps, supports, chosen]);
  return made && <DrawnSvg drawing={made.drawing} label={label} id={id} onSupport={onSupport} onPoint={onPoint && ((x, y) => onPoint(made.onto.back(x, y)))} />;
}
