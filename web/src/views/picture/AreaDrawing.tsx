import { useMemo } from 'preact/hooks';
import type { Hotspot, HotspotProperties } from '../../api/types';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { lookOf } from '../../lib/drawing/looks';
import { drawingOf, type Drawing } from '../../lib/drawing/sheet';
import type { AreaLook } from '../../map/features';

export type LookOf = (area: HotspotProperties) => AreaLook;

/** Areas by their class, filled by the step of a value where there is one; names are written on neighbourhoods alone. */
export const areasDrawn = (features: readonly Hotspot[], look: LookOf, named: boolean, chosen: string | null = null): Drawing | null =>
  drawingOf(features.map(({ geometry, properties }) => {
    const { class: of, step } = look(properties);
    return { id: properties.unit, geometry, look: lookOf(of, step), name: named ? (properties.name ?? null) : null, chosen: properties.unit === chosen };
  }));

interface AreaDrawingProps {
  features: readonly Hotspot[];
  label: string;
  /** Of the stripes; one of its own for each drawing in a page. */
  id: string;
  named: boolean;
  look: LookOf;
}

/** A picture without a map: for paper, and for browsers without WebGL. */
export function AreaDrawing({ features, label, id, named, look }: AreaDrawingProps) {
  const drawing = useMemo(() => areasDrawn(features, look, named), [features, look, named]);
  return drawing && <DrawnSvg drawing={drawing} label={label} id={id} />;
}
