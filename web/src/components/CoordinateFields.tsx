import { useState } from 'preact/hooks';
import type { LonLat } from '../api/types';
import { messages } from '../i18n';
import { parseCoordinates } from '../lib/geometry';
import { Field } from './Field';

/** Latitude and longitude by hand, for people who know them or cannot use the other ways. */
export function CoordinateFields({ use }: { use: (point: LonLat) => void }) {
  const words = messages.value.add;
  const [lat, setLat] = useState('');
  const [lon, setLon] = useState('');
  const [bad, setBad] = useState(false);
  const submit = () => {
    const point = parseCoordinates(lat, lon);
    setBad(point === null);
    if (point) use(point);
  };
  return (
    <div class="coordinates">
      <Field label={words.lat} value={lat} onInput={setLat} inputMode="decimal" error={bad ? words.typeBad : null} />
      <Field label={words.lon} value={lon} onInput={setLon} inputMode="decimal" />
      <button type="button" class="button" onClick={submit}>{words.typeUse}</button>
    </div>
  );
}
