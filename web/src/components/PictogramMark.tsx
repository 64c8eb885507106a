import { drawingOf, pictogramFor } from '../map/pictograms';

/** The mark of a support: a rounded square with a small drawing, the same as on the map. */
export function PictogramMark({ category }: { category: string }) {
  return (
    <span class="pictogram" aria-hidden="true">
      <svg viewBox="0 0 24 24" width="24" height="24"><path d={drawingOf(pictogramFor(category))} /></svg>
    </span>
  );
}
