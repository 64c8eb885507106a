import { useEffect, useState } from 'preact/hooks';
import type { PhotoWords, Purposes } from '../../../api/types';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { drawBlurred } from '../../../lib/photo/blur';
import type { Mark } from '../../../lib/photo/marks';
import { drawn, encoded, PhotoRefused } from '../../../lib/photo/prepare';
import { limit } from '../limits';
import { RestoredNotice } from '../RestoredNotice';
import type { KeptForm } from '../useKeptForm';
import { BlurTool } from './BlurTool';

const PEOPLE = ['none', 'agreed', 'private'] as const;
const PROMPTS = ['see', 'happening', 'our_lives', 'why', 'do_about'] as const;
const PURPOSES = ['research', 'public_story'] as const;

export const NO_WORDS: PhotoWords = {
  caption: '', alt: '', showed: { see: '', happening: '', our_lives: '', why: '', do_about: '' }, people: 'none', share: { research: false, public_story: false },
};

/** Whoever did not agree to be seen is not shown to others. */
export const withPeople = (words: PhotoWords, people: PhotoWords['people']): PhotoWords =>
  ({ ...words, people, share: people === 'private' ? NO_WORDS.share : words.share });

/** What of a photo's form is kept while it is written: the words. The unblurred picture is never kept, not even on this device. */
export interface PhotoDraft { said: PhotoWords; asked: boolean }
export const NOTHING_SAID: PhotoDraft = { said: NO_WORDS, asked: false };

interface PhotoFormProps {
  form: KeptForm<PhotoDraft>;
  /** What the place itself is shared for: a photo is never shared further. */
  allowed: Purposes;
  save: (bytes: Uint8Array<ArrayBuffer>, words: PhotoWords) => Promise<void>;
}

/** Choose, blur, say: the picture that is kept and sent is the blurred one; the other never leaves this page. */
export function PhotoForm({ form, allowed, save }: PhotoFormProps) {
  const words = mine.words.photos;
  const [whole, setWhole] = useState<HTMLCanvasElement | null>(null);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const { said, asked } = form.value;
  const setSaid = (next: PhotoWords) => form.set({ said: next, asked });
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const choose = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    setError(null);
    setMarks([]);
    try {
      setWhole(await drawn(file));
    } catch (reason) {
      setWhole(null);
      setError(words.refused[reason instanceof PhotoRefused ? reason.why : 'not-a-photo']);
    }
  };
  const keep = async () => {
    if (!whole) return setError(words.choose);
    if (!asked) return setError(words.peopleMissing);
    setBusy(true);
    const blurred = document.createElement('canvas');
    drawBlurred(blurred, whole, marks);
    try {
      await save(await encoded(blurred), said);
      setWhole(null);
      setMarks([]);
      form.clear();
      setError(null);
    } catch {
      setError(words.notKept);
    }
    setBusy(false);
  };
  // The whole picture is let go of as soon as this form is left.
  useEffect(() => () => setWhole(null), []);
  return (
    <div class="stack">
      {error && <p class="field-error" role="alert">{error}</p>}
      <div class="row">
        {(['camera', 'files'] as const).map((from) => (
          <label key={from} class="button file-button">
            <input type="file" class="visually-hidden" accept="image/jpeg,image/png,image/webp" {...(from === 'camera' ? { capture: 'environment' as const } : {})}
              onChange={(event) => void choose(event.currentTarget)} />
            {words.from[from]}
          </label>
        ))}
      </div>
      <p class="small muted">{words.stripped}</p>
      {!whole && <RestoredNotice form={form} text={kept.words.restoredPhoto} />}
      {(whole || form.restored) && (
        <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); void keep(); }}>
          {whole && <BlurTool whole={whole} marks={marks} setMarks={setMarks} />}
          <fieldset class="stack-small">
            <legend>{words.people}</legend>
            {PEOPLE.map((people) => (
              <Choice key={people} type="radio" name="people" value={people} checked={asked && said.people === people}
                onChange={() => { setError(null); form.set({ said: withPeople(said, people), asked: true }); }} title={words.peopleIs[people].title} hint={words.peopleIs[people].hint} />
            ))}
          </fieldset>
          <PhotoWordsFields said={said} setSaid={setSaid} allowed={allowed} />
          <button type="submit" class="button button-main" disabled={busy}>{words.save}</button>
        </form>
      )}
    </div>
  );
}

/** Caption, alt text, the prompts of photovoice and who may see it; every one may stay empty. */
export function PhotoWordsFields({ said, setSaid, allowed }: { said: PhotoWords; setSaid: (said: PhotoWords) => void; allowed: Purposes }) {
  const words = mine.words.photos;
  return (
    <>
      <Field label={words.caption} hint={words.captionHint} value={said.caption} rows={2} maxLength={limit('caption')} onInput={(caption) => setSaid({ ...said, caption })} />
      <Field label={words.alt} hint={words.altHint} value={said.alt} maxLength={limit('alt')} onInput={(alt) => setSaid({ ...said, alt })} />
      <details>
        <summary>{words.prompts}</summary>
        <div class="stack-small">
          {PROMPTS.map((prompt) => (
            <Field key={prompt} label={words.showed[prompt]} value={said.showed[prompt]} rows={2} maxLength={limit('prompt')} onInput={(text) => setSaid({ ...said, showed: { ...said.showed, [prompt]: text } })} />
          ))}
        </div>
      </details>
      <fieldset class="stack-small">
        <legend>{words.share}</legend>
        {PURPOSES.map((purpose) => {
          const can = allowed[purpose] && said.people !== 'private';
          return (
            <Choice key={purpose} type="checkbox" name={`photo-${purpose}`} tone={purpose === 'public_story' ? 'story' : 'being'} disabled={!can} checked={can && said.share[purpose]}
              onChange={(on) => setSaid({ ...said, share: { ...said.share, [purpose]: on } })} title={words.shareFor[purpose]} hint={can ? undefined : said.people === 'private' ? words.sharePeople : words.sharePlace} />
          );
        })}
      </fieldset>
    </>
  );
}
