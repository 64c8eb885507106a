import { useMemo } from 'preact/hooks';
import type { Hotspot, HotspotProperties } from '../../api/types';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { lookOf } from '../../lib/drawing/looks';
import { drawingOf, type Drawing } from '../../lib/drawing/sheet';

export type StepOf = (area: HotspotProperties) => number | null;

/** Areas by their class, filled by the step of a value where there is one; names are written on neighbourhoods alone. */
export const drawnAreas = (features: readonly Hotspot[], named: boolean, step: StepOf): Drawing | null =>
  drawingOf(features.map(({ geometry, properties }) =>
    ({ id: properties.unit, geometry, look: lookOf(properties.class, step(properties)), name: named ? (properties.name ?? null) : null })));

interface AreaDrawingProps {
  features: readonly Hotspot[];
  label: string;
  /** Of the stripes; one of its own for each drawing in a page. */
  id: string;
  named: boolean;
  step: StepOf;
}

/** A picture without a map: for paper, and for browsers without WebGL. */
export function AreaDrawing({ features, label, id, named, step }: AreaDrawingProps) {
  const drawing = useMemo(() => drawnAreas(features, named, step), [features, named, step]);
  return drawing && <DrawnSvg drawing={drawing} label={label} id={id} />;
}
