import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat, Place } from '../../api/types';
import { openCommunity } from '../../app/community';
import { mayBeSignedIn } from '../../app/session';
import { announce } from '../../components/LiveRegion';
import { CoordinateFields } from '../../components/CoordinateFields';
import { messages } from '../../i18n';
import { middleOf } from '../../lib/geometry';
import { whereAmI } from '../../lib/whereAmI';
import type { Origin } from './origin';

interface OriginPickerProps {
  origin: Origin;
  setOrigin: (origin: Origin) => void;
  mapCentre: LonLat | null;
}

/** "Near": five ways to say where, each without typing an address. */
export function OriginPicker({ origin, setOrigin, mapCentre }: OriginPickerProps) {
  const words = messages.value.find;
  const add = messages.value.add;
  const { id } = openCommunity();
  const [mine, setMine] = useState<Place[]>([]);
  const [note, setNote] = useState('');
  useEffect(() => {
    // Own places are an offer, not a need: if they do not come, the other ways are still there.
    if (mayBeSignedIn(id)) api.places(id).then((page) => setMine(page.features), () => undefined);
  }, [id]);

  const choose = async (value: string) => {
    setNote('');
    if (value === 'here') {
      setOrigin({ kind: 'here', point: null });
      setNote(add.hereWait);
      const point = await whereAmI();
      setNote(point ? words.private : add.hereFailed);
      if (!point) announce(add.hereFailed);
      setOrigin(point ? { kind: 'here', point } : { kind: 'all' });
    } else if (value === 'map') setOrigin({ kind: 'map', point: mapCentre });
    else if (value === 'coordinates') setOrigin({ kind: 'coordinates', point: null });
    else if (value.startsWith('mine:')) {
      const place = mine.find((one) => `mine:${one.id}` === value);
      if (place) setOrigin({ kind: 'mine', id: place.id, name: place.properties.name ?? messages.value.mine.unnamed, point: middleOf(place.geometry) });
    } else setOrigin({ kind: 'all' });
  };

  const value = origin.kind === 'mine' || origin.kind === 'support' ? `${origin.kind}:${origin.id}` : origin.kind;
  return (
    <div class="stack-small">
      <div class="field">
        <label for="find-near">{words.near}</label>
        <select id="find-near" value={value} onChange={(event) => void choose(event.currentTarget.value)}>
          <option value="all">{words.origin.all}</option>
          <option value="here">{words.origin.here}</option>
          {mapCentre && <option value="map">{words.origin.map}</option>}
          <option value="coordinates">{words.origin.coordinates}</option>
          {origin.kind === 'support' && <option value={value}>{words.origin.support(origin.name)}</option>}
          {mine.length > 0 && (
            <optgroup label={words.origin.minePrefix}>
              {mine.map((place) => <option key={place.id} value={`mine:${place.id}`}>{place.properties.name ?? messages.value.mine.unnamed}</option>)}
            </optgroup>
          )}
        </select>
      </div>
      {note && <p class="small muted">{note}</p>}
      {origin.kind === 'coordinates' && <CoordinateFields use={(point) => setOrigin({ kind: 'coordinates', point })} />}
      {origin.kind === 'map' && mapCentre && (
        <button type="button" class="button button-small" onClick={() => setOrigin({ kind: 'map', point: mapCentre })}>{words.useMap}</button>
      )}
    </div>
  );
}
