import { useState } from 'preact/hooks';
import type { LonLat } from '../../api/types';
import { CoordinateFields } from '../../components/CoordinateFields';
import { announce } from '../../components/LiveRegion';
import { formats, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { CrossMap } from '../../map/CrossMap';

/** Where it is: by the cross on the map, or by coordinates. */
export function PositionField({ point, put, error }: { point: LonLat | null; put: (point: LonLat) => void; error: string | null }) {
  const words = directoryMessages.value;
  const { coordinates } = formats.value;
  const [open, setOpen] = useState(false);
  const take = (chosen: LonLat) => {
    // The sixth decimal is a decimetre; more is noise of the screen.
    const at: LonLat = [Number(chosen[0].toFixed(6)), Number(chosen[1].toFixed(6))];
    put(at);
    announce(words.positionTaken(coordinates(at)));
  };
  return (
    <fieldset class={`stack-small${error ? ' has-error' : ''}`}>
      <legend>{words.position}</legend>
      {error && <p class="field-error" id="position-error">{error}</p>}
      <p>{point ? words.positionAt(coordinates(point)) : words.positionNone}</p>
      <button type="button" class="button" aria-expanded={open} aria-describedby={error ? 'position-error' : undefined} onClick={() => setOpen(!open)}>{words.positionMap}</button>
      {open && <CrossMap start={point} put={take} />}
      <details>
        <summary>{messages.value.add.typeWay}</summary>
        <CoordinateFields use={take} />
      </details>
    </fieldset>
  );
}
