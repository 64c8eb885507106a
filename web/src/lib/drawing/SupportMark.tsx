import { SUPPORT_SHAPES, type SupportState } from './looks';

export function SupportShape({ state }: { state: SupportState }) {
  const { half, corner, strokes } = SUPPORT_SHAPES[state];
  return <><rect x={-half} y={-half} width={2 * half} height={2 * half} rx={corner} />{strokes && <path d={strokes} />}</>;
}

/** How a support is drawn, for legends. */
export const SupportMark = ({ state }: { state: SupportState }) => (
  <svg class={`support-mark drawn-support drawn-${state}`} viewBox="-13 -13 26 26" aria-hidden="true"><SupportShape state={state} /></svg>
);
