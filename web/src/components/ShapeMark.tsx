/** The mark of a place, the same as on the map: circle = being, diamond = doing, circle in a diamond = both. */
export function ShapeMark({ being, doing, size = 28 }: { being: boolean; doing: boolean; size?: number }) {
  return (
    <svg class="shape-mark" viewBox="0 0 28 28" width={size} height={size} aria-hidden="true">
      {doing && <path d="M14 2 26 14 14 26 2 14Z" fill="var(--copper)" />}
      {being && <circle cx="14" cy="14" r={doing ? 6 : 11} fill="var(--pine)" stroke="var(--paper)" stroke-width={doing ? 2 : 0} />}
    </svg>
  );
}
