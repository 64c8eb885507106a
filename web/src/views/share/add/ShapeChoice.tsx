import { mine } from '../../../i18n/mine';
import { change, withShape, type Draft, type Shape } from './draft';

const SHAPES: readonly Shape[] = ['pin', 'walk', 'area'];

/** A spot, a way that one walks, or a whole area. */
export function ShapeChoice({ current }: { current: Draft }) {
  const words = mine.words.place;
  return (
    <fieldset>
      <legend>{words.shapeLegend}</legend>
      <div class="segments">
        {SHAPES.map((shape) => (
          <label key={shape} class="segment">
            <input type="radio" name="shape" value={shape} checked={current.shape === shape} onChange={() => change(withShape(current, shape))} />
            <span>{words.shapes[shape]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
