import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { PhotoWords, Purposes } from '../../../api/types';
import { messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import type { Waiting } from '../../../offline/items';
import { SendState } from '../SendState';
import { useKeptForm } from '../useKeptForm';
import { PhotoWordsFields, withPeople } from './PhotoForm';

interface PhotoCardProps {
  id: string;
  words: PhotoWords;
  picture: (alt: string) => ComponentChildren;
  /** Under what name the form of its words is kept while it is written. */
  form: string;
  allowed: Purposes;
  waiting: Waiting | null;
  change: (words: PhotoWords) => Promise<void>;
  remove: () => void;
}

/** One photo with what is said of it. What was begun and not saved of a change is open again. */
export function PhotoCard({ id, words: said, picture, form: name, allowed, waiting, change, remove }: PhotoCardProps) {
  const words = mine.words.photos;
  const group = useId();
  const form = useKeptForm<PhotoWords>(name, said);
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (form.restored) setOpen(true);
  }, [form.restored]);
  const toggle = () => {
    form.clear(said);
    setOpen(!open);
  };
  const save = async () => {
    setError(null);
    try {
      await change(form.value);
      form.clear(form.value);
      setOpen(false);
    } catch {
      setError(words.notKept);
    }
  };
  const shared = [said.share.research && words.shareFor.research, said.share.public_story && words.shareFor.public_story].filter(Boolean).join('. ');
  return (
    <li class="card photo">
      {picture(said.alt || words.noAlt)}
      {said.caption && <p>{said.caption}</p>}
      <p class="small muted">{shared || messages.value.mine.onlyMe}.</p>
      <SendState id={id} waiting={waiting} />
      {open && (
        <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
          {form.restored && <p class="notice">{kept.words.restored}</p>}
          {error && <p class="field-error" role="alert">{error}</p>}
          <fieldset class="stack-small">
            <legend>{words.people}</legend>
            <div class="row">
              {(['none', 'agreed', 'private'] as const).map((people) => (
                <label key={people} class="tick"><input type="radio" name={group} checked={form.value.people === people} onChange={() => form.set(withPeople(form.value, people))} /><span>{words.peopleIs[people].title}</span></label>
              ))}
            </div>
          </fieldset>
          <PhotoWordsFields said={form.value} setSaid={form.set} allowed={allowed} />
          <button type="submit" class="button button-main">{words.save}</button>
        </form>
      )}
      <div class="row">
        <button type="button" class="button button-small" aria-expanded={open} onClick={toggle}>{open ? messages.value.cancel : words.change}</button>
        <button type="button" class="button button-small" onClick={remove}>{words.remove}</button>
      </div>
    </li>
  );
}
