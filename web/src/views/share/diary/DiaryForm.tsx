import { useState } from 'preact/hooks';
import type { DiaryWords } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Chip } from '../../../components/Chip';
import { FeelingMark } from '../../../components/FeelingMark';
import { Field } from '../../../components/Field';
import { inLanguage } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { withFeeling } from '../add/draft';
import { FeelingStrength } from '../add/FeelingStrength';
import { limit } from '../limits';
import { RestoredNotice } from '../RestoredNotice';
import type { KeptForm } from '../useKeptForm';

/** The day on this device's calendar. */
export const today = (now = new Date()): string => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

interface DiaryFormProps {
  form: KeptForm<DiaryWords>;
  /** Resolves once it is kept on this device: only then is the form emptied. */
  save: (entry: DiaryWords) => Promise<void>;
  submit: string;
}

export function DiaryForm({ form, save, submit }: DiaryFormProps) {
  const words = mine.words.diary;
  const { feelings } = openCommunity().vocabulary;
  const { value: entry, set } = form;
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(entry.date)) return setError(words.dateMissing);
    if (entry.text.trim() === '' && entry.feelings.length === 0) return setError(words.empty);
    setError(null);
    setBusy(true);
    try {
      await save({ ...entry, text: entry.text.trim() });
      form.clear();
    } catch {
      setError(mine.words.photos.notKept);
    }
    setBusy(false);
  };
  return (
    <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void keep(); }}>
      <RestoredNotice form={form} text={kept.words.restored} />
      {error && <p class="field-error" role="alert">{error}</p>}
      <Field label={words.date} type="date" value={entry.date} onInput={(date) => set({ ...entry, date })} />
      <Field label={words.text} hint={words.textHint} value={entry.text} rows={5} maxLength={limit('diary')} onInput={(text) => set({ ...entry, text })} />
      <fieldset>
        <legend>{words.feelings}</legend>
        <div class="chips feelings">
          {feelings.map(({ id, labels }) => {
            const on = entry.feelings.some(({ feeling }) => feeling === id);
            return <Chip key={id} on={on} toggle={() => set({ ...entry, feelings: withFeeling(entry.feelings, id, on ? null : 2) })}><FeelingMark feeling={id} /> {inLanguage(labels, id)}</Chip>;
          })}
        </div>
      </fieldset>
      {entry.feelings.map((choice) => (
        <FeelingStrength key={choice.feeling} choice={choice} label={inLanguage(feelings.find(({ id }) => id === choice.feeling)?.labels, choice.feeling)}
          setStrength={(strength) => set({ ...entry, feelings: withFeeling(entry.feelings, choice.feeling, strength) })} />
      ))}
      <button type="submit" class="button button-main" disabled={busy}>{submit}</button>
    </form>
  );
}
