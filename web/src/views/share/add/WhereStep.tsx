import { useState } from 'preact/hooks';
import type { LonLat } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { announce } from '../../../components/LiveRegion';
import { CoordinateFields } from '../../../components/CoordinateFields';
import { formats, messages } from '../../../i18n';
import { boundsHold } from '../../../lib/geometry';
import { whereAmI } from '../../../lib/whereAmI';
import { change, withPoint, type Draft } from './draft';
import { StepFrame } from './StepFrame';
import { WhereList } from './WhereList';
import { WhereMap } from './WhereMap';

/** Four equal ways to say where; none of them needs a mouse, and only one needs a map. */
export function WhereStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const { bounds, title } = openCommunity();
  const [error, setError] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [mapOpen, setMapOpen] = useState(false);

  const put = (point: LonLat, near: string | null) => {
    if (bounds && !boundsHold(bounds, point)) return setError(words.outside(title));
    setError(null);
    change(withPoint(point, near ?? ''));
    announce(`${words.chosen}: ${inWords(point, near)}`);
  };
  const askDevice = async () => {
    setAsking(true);
    const point = await whereAmI();
    setAsking(false);
    if (point) put(point, null);
    else setError(words.hereFailed);
  };
  const inWords = (point: LonLat, near: string | null) => (near ? words.chosenNear(near) : formats.value.coordinates(point));
  const ready = () => {
    if (!current.point) setError(words.whereMissing);
    return current.point !== null;
  };
  const { point, near, saved } = current;
  return (
    <StepFrame step="where" title={words.whereTitle} lead={words.whereLead} ready={ready} error={error}>
      {point && <p class="notice notice-done"><strong>{words.chosen}:</strong> {near === null && saved ? words.kept : inWords(point, near)}</p>}
      <div class="row">
        <button type="button" class="button" disabled={asking} onClick={() => void askDevice()}>{asking ? words.hereWait : words.hereWay}</button>
        <button type="button" class="button" aria-expanded={mapOpen} onClick={() => setMapOpen(!mapOpen)}>{words.mapWay}</button>
      </div>
      {mapOpen && <WhereMap start={point} put={put} />}
      <WhereList near={near === '' ? point : null} put={put} />
      <details>
        <summary>{words.typeWay}</summary>
        <CoordinateFields use={(typed) => put(typed, null)} />
      </details>
    </StepFrame>
  );
}
