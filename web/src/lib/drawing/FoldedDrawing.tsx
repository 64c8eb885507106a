import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { usePrinting } from '../usePrinting';

interface FoldedDrawingProps {
  /** What unfolds it. */
  title: string;
  /** Unfolded from the start, where there is no map. */
  open?: boolean;
  /** Whether paper shows it, unfolded or not. */
  onPaper: boolean;
  /** The drawing, under an id of its own for each of the two. */
  draw: (where: 'screen' | 'paper') => ComponentChildren;
}

/** A drawing beside the map for those who ask for it, and for paper. Hundreds of shapes: made once somebody sees them. */
export function FoldedDrawing({ title, open = false, onPaper, draw }: FoldedDrawingProps) {
  const [unfolded, setUnfolded] = useState(open);
  const printing = usePrinting();
  return (
    <>
      <details class="no-print" open={open} onToggle={(event) => setUnfolded(event.currentTarget.open)}><summary>{title}</summary>{unfolded && draw('screen')}</details>
      {onPaper && printing && <div class="print-only">{draw('paper')}</div>}
    </>
  );
}
