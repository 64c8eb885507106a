import { useState } from 'preact/hooks';
import { mine } from '../../../i18n/mine';
import { change, type Draft } from './draft';
import { FieldStep } from './FieldStep';
import { readSince } from './since';

export function SinceStep({ current }: { current: Draft }) {
  const { place } = mine.words;
  const [wrong, setWrong] = useState(false);
  const ready = () => {
    const since = current.since.trim() === '' ? '' : readSince(current.since, new Date());
    setWrong(since === null);
    if (since !== null) change({ since });
    return since !== null;
  };
  return (
    <FieldStep step="since" title={place.sinceTitle} hint={place.sinceHint} value={current.since} maxLength={20} error={wrong ? place.sinceBad : null}
      onInput={(since) => change({ since })} ready={ready} skip={() => change({ since: '' })} />
  );
}
