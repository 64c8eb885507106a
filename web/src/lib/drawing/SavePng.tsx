import { useState } from 'preact/hooks';
import { announce } from '../../components/LiveRegion';
import { reportWords } from '../../i18n/report';
import { savePng } from './save';
import type { Sheet } from './sheet';

/** Saves a sheet as a picture; `sheet` is asked for when the button is pressed. Needs the words of `i18n/report`. */
export function SavePng({ sheet }: { sheet: () => Sheet | null }) {
  const words = reportWords.words;
  const [failed, setFailed] = useState(false);
  const save = async () => {
    const made = sheet();
    try {
      if (!made) throw new Error('There is nothing to draw.');
      await savePng(made);
      setFailed(false);
      announce(words.saved);
    } catch {
      // A device without enough memory, or with a canvas that may not be read. The page itself can still be printed.
      setFailed(true);
    }
  };
  return (
    <>
      <button type="button" class="button button-small" onClick={() => void save()}>{words.savePicture}</button>
      {failed && <p class="small" role="alert">{words.saveFailed}</p>}
    </>
  );
}
