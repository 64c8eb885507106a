import { useState } from 'preact/hooks';
import type { LonLat } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { announce } from '../../../components/LiveRegion';
import { CoordinateFields } from '../../../components/CoordinateFields';
import { formats, messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { boundsHold, crossesItself, lengthMetres } from '../../../lib/geometry';
import { whereAmI } from '../../../lib/whereAmI';
import { change, draft, isKept, isPlaced, withHomelike, withoutLast, withPoint, type Draft } from './draft';
import { ShapeChoice } from './ShapeChoice';
import { StepFrame } from './StepFrame';
import { WhereMap } from './WhereMap';
import { WhereNearby } from './WhereNearby';
import type { Offer } from './WhereOffers';
import { WhereSearch } from './WhereSearch';

/** Four equal ways to say where, each under its heading; none of them needs a mouse, and only one needs a map. A walk or an area is several of them in a row. */
export function WhereStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const place = mine.words.place;
  const { bounds, title } = openCommunity();
  const [error, setError] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [mapOpen, setMapOpen] = useState(false);
  const [centre, setCentre] = useState<LonLat | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const { corners, near, shape } = current;
  const pin = shape === 'pin';
  const stays = isKept(current);

  const put = (point: LonLat, name: string | null) => {
    // The newest draft: the person may put the next corner before this screen is drawn again.
    const newest = draft.value ?? current;
    if (bounds && !boundsHold(bounds, point)) return setError(words.outside(title));
    setError(null);
    const changed = withPoint(newest, point, name ?? '');
    change(changed);
    const count = changed.corners?.length ?? 0;
    announce(pin ? `${words.chosen}: ${inWords(point, name)}` : place.cornerAdded(formats.value.number(count)));
  };
  /** Around here the lists look: what was put by hand, or the middle of the open map. What was picked from a list does not move it. */
  const looking = near === '' && corners.length > 0 ? corners.at(-1) ?? null : mapOpen ? centre : null;
  const pick = ({ key, point, title: name, homelike }: Offer) => {
    setPicked(key);
    put(point, name);
    if (homelike) change(withHomelike(draft.value ?? current));
  };
  const askDevice = async () => {
    setAsking(true);
    const point = await whereAmI();
    setAsking(false);
    if (point) put(point, null);
    else setError(words.hereFailed);
  };
  const inWords = (point: LonLat, name: string | null) => (name ? words.chosenNear(name) : formats.value.coordinates(point));
  const ready = () => {
    const crossed = shape === 'area' && !stays && crossesItself(corners);
    const missing = !isPlaced(current);
    if (missing) setError(pin ? words.whereMissing : place.cornersMissing[shape]);
    else if (crossed) setError(place.crossed);
    return !missing && !crossed;
  };
  const [first] = corners;
  const drawn = !pin && !stays && corners.length > 0;
  return (
    <StepFrame step="where" title={words.whereTitle} lead={words.whereLead} ready={ready} error={error}>
      <ShapeChoice current={current} />
      {!pin && <p class="small muted">{place.cornersLead[shape]}</p>}
      {stays && <p class="notice notice-done"><strong>{words.chosen}:</strong> {words.kept}</p>}
      {pin && first && !stays && <p class="notice notice-done"><strong>{words.chosen}:</strong> {inWords(first, near)}</p>}
      {drawn && (
        <div class="notice notice-done row corners">
          <p><strong>{place.corners(corners.length, formats.value.number(corners.length))}</strong>{shape === 'walk' && corners.length > 1 && ` · ${formats.value.distance(lengthMetres(corners))}`}</p>
          <button type="button" class="button button-small" onClick={() => { change(withoutLast(current)); announce(place.cornerGone(formats.value.number(corners.length - 1))); }}>{place.cornerBack}</button>
        </div>
      )}
      <div class="ways">
        <WhereSearch near={looking} keep={pin} picked={picked} pick={pick} />
        <section class="way" aria-labelledby="way-here">
          <h2 id="way-here">{words.hereWay}</h2>
          <p class="hint">{kept.words.where.hereHint}</p>
          <button type="button" class="button" disabled={asking} onClick={() => void askDevice()}>{asking ? words.hereWait : kept.words.where.here}</button>
        </section>
        <WhereNearby near={looking} keep={pin} picked={picked} pick={pick} />
        <section class="way" aria-labelledby="way-map">
          <h2 id="way-map">{words.mapWay}</h2>
          <p class="hint">{kept.words.where.mapHint}</p>
          <button type="button" class="button" aria-expanded={mapOpen} onClick={() => setMapOpen(!mapOpen)}>{mapOpen ? messages.value.map.hide : kept.words.where.map}</button>
          {mapOpen && <WhereMap current={current} put={put} moved={setCentre} />}
          {mapOpen && <SaidAgain error={error} chosen={pin && first && !stays ? `${words.chosen}: ${inWords(first, near)}` : null} />}
          <details>
            <summary>{words.typeWay}</summary>
            <CoordinateFields use={(typed) => put(typed, null)} />
          </details>
        </section>
      </div>
    </StepFrame>
  );
}

/** On a phone what was said stands far above the map: the same where the person looks. It was read out above. */
function SaidAgain({ error, chosen }: { error: string | null; chosen: string | null }) {
  if (!error && !chosen) return null;
  return <p class={error ? 'field-error' : 'small said-again'} aria-hidden="true">{error ?? chosen}</p>;
}
