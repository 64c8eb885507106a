import { useEffect, useState } from 'preact/hooks';
import type { DiaryWords } from '../../../api/types';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import type { Waiting } from '../../../offline/items';
import { FeelingWords } from '../FeelingWords';
import { SendState } from '../SendState';
import { useKeptForm } from '../useKeptForm';
import { DiaryForm } from './DiaryForm';

interface EntryProps {
  id: string;
  entry: DiaryWords;
  /** Under what name its form is kept while it is written. */
  form: string;
  waiting: Waiting | null;
  change: (entry: DiaryWords) => Promise<void>;
  remove: () => void;
}

/** One day. What was begun and not saved of a change is open again. */
export function Entry({ id, entry, form: name, waiting, change, remove }: EntryProps) {
  const words = mine.words.diary;
  const { date, text, feelings } = entry;
  const form = useKeptForm<DiaryWords>(name, { date, text, feelings });
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (form.restored) setOpen(true);
  }, [form.restored]);
  const toggle = () => {
    // "Cancel" gives up what was written; opening starts from what is there now.
    form.clear({ date, text, feelings });
    setOpen(!open);
  };
  const save = async (next: DiaryWords) => {
    await change(next);
    setOpen(false);
  };
  return (
    <li class="card stack-small">
      <h2>{formats.value.date(date)}</h2>
      {open
        ? <DiaryForm form={form} save={save} submit={words.saveChange} />
        : <>{text && <p class="story">{text}</p>}{feelings.length > 0 && <FeelingWords feelings={feelings} />}</>}
      <SendState id={id} waiting={waiting} />
      <div class="row">
        <button type="button" class="button button-small" aria-expanded={open} onClick={toggle}>{open ? messages.value.cancel : messages.value.change}</button>
        <button type="button" class="button button-small" onClick={remove}>{words.remove}</button>
      </div>
    </li>
  );
}
