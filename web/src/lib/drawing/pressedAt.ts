import type { JSX } from 'preact';

/** Where in a drawing somebody pressed, in the numbers of its `viewBox`; null where it is not shown. */
export function pressedAt({ currentTarget, clientX, clientY }: JSX.TargetedMouseEvent<SVGSVGElement>): DOMPoint | null {
  const matrix = currentTarget.getScreenCTM();
  return matrix && new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
}
