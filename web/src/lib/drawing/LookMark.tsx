import '../../styles/drawing.css';
import { markPath, type Look } from './looks';

/** The fill, stripes, outline and mark of a look, as they are drawn; for legends and tables. */
export function LookMark({ look: { fill, stripe, sure, mark } }: { look: Look }) {
  const colour = fill.startsWith('step-') ? fill.replace('step', 'reach') : `class-${fill}`;
  return (
    <span class={`class-mark ${colour}${stripe ? ` stripe-${stripe}` : ''}${sure ? ' is-sure' : ''}`} aria-hidden="true">
      {mark && <svg viewBox="0 0 26 20"><path class="mark-ground" d={markPath(mark, 13, 10, 7)} /><path class="mark" d={markPath(mark, 13, 10, 7)} /></svg>}
    </span>
  );
}
