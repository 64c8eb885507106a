import { mine } from '../../../i18n/mine';
import { change, type Draft } from './draft';
import { FieldStep } from './FieldStep';

/** The server's own limit, so that nobody writes what cannot be kept. */
const MAX_NOT_TAKEN = 2_000;

/** The photo that was not taken, in words. */
export function UntakenStep({ current }: { current: Draft }) {
  const { place } = mine.words;
  return (
    <FieldStep step="untaken" title={place.notTakenTitle} hint={place.notTakenHint} value={current.photoNotTaken} rows={3} maxLength={MAX_NOT_TAKEN}
      onInput={(photoNotTaken) => change({ photoNotTaken })} skip={() => undefined} />
  );
}
