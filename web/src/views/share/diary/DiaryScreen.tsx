import { useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { DiaryEntry, DiaryWords } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { announce } from '../../../components/LiveRegion';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { useUndo } from '../../../lib/useUndo';
import { useLoad } from '../../../lib/useLoad';
import { isNew } from '../../../offline/items';
import { discard, enqueue, flush, sent, settledAs, waiting } from '../../../offline/outbox';
import { newKey } from '../add/draft';
import { FeelingWords } from '../FeelingWords';
import { OutboxNotice } from '../OutboxNotice';
import { useMyPlaces } from '../useMyPlaces';
import { DiaryForm, today } from './DiaryForm';
import { FeelingsOverTime } from './FeelingsOverTime';

/** Dated entries on one place, newest first, and its feelings over time. */
export function DiaryScreen({ participant, place: asked }: { participant: string; place: string }) {
  const words = mine.words.diary;
  const { id: community } = openCommunity();
  const id = settledAs.value.get(asked) ?? asked;
  const { places } = useMyPlaces(participant);
  const load = useLoad(() => (isNew(id) ? Promise.resolve({ entries: [] }) : api.diary.list(community, id)), [community, id, sent.value]);
  const [reason, setReason] = useState<unknown>(null);
  const unsent = waiting.value.filter((item) => item.kind === 'diary' && item.place === id);
  const place = places.find((one) => one.id === id);
  const entries = load.value?.entries ?? [];
  const act = async (what: () => Promise<unknown>, told: string) => {
    setReason(null);
    try {
      await what();
      announce(told);
      load.again();
    } catch (failure) {
      setReason(failure);
    }
  };
  const undo = useUndo((entry) => void act(() => api.diary.remove(community, id, entry), words.removed));
  const add = async (entry: DiaryWords) => {
    await enqueue({ id: newKey(), kind: 'diary', place: id, label: words.entryOf(formats.value.date(entry.date)), body: { ...entry } });
    announce(words.kept);
    void flush();
  };
  return (
    <div class="narrow">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle>{words.title(place?.properties.name ?? messages.value.mine.unnamed)}</PageTitle>
      <p class="muted">{words.lead}</p>
      <OutboxNotice />
      <DiaryForm first={{ date: today(), text: '', feelings: [] }} save={add} submit={words.save} />
      {(reason ?? load.reason) !== null && <ProblemNotice reason={reason ?? load.reason} retry={load.again} />}
      {!load.value && !load.reason && <Loading />}
      <FeelingsOverTime entries={entries} />
      <ul class="plain-list stack-small" aria-label={words.entries}>
        {unsent.map((item) => {
          const entry = item.body as unknown as DiaryWords;
          return (
            <li key={item.id} class="card stack-small">
              <h2>{formats.value.date(entry.date)}</h2>
              {entry.text && <p class="story">{entry.text}</p>}
              <p class="on-phone">{mine.words.outbox.onPhone}</p>
              <button type="button" class="button button-small" onClick={() => void discard(item)}>{words.remove}</button>
            </li>
          );
        })}
        {entries.map((entry) => undo.leaving.has(entry.id) ? (
          <li key={entry.id} class="notice row leaving">
            <span>{words.removing}</span>
            <button type="button" class="button" onClick={() => undo.undo(entry.id)}>{messages.value.undo}</button>
          </li>
        ) : (
          <Entry key={entry.id} entry={entry} change={(next) => act(() => api.diary.change(community, id, entry.id, next), words.kept)} remove={() => { undo.removeSoon(entry.id); announce(words.removing); }} />
        ))}
      </ul>
    </div>
  );
}

function Entry({ entry, change, remove }: { entry: DiaryEntry; change: (entry: DiaryWords) => Promise<void>; remove: () => void }) {
  const words = mine.words.diary;
  const [open, setOpen] = useState(false);
  const { date, text, feelings } = entry;
  return (
    <li class="card stack-small">
      <h2>{formats.value.date(date)}</h2>
      {open
        ? <DiaryForm first={{ date, text, feelings }} save={async (next) => { await change(next); setOpen(false); }} submit={words.saveChange} />
        : <>{text && <p class="story">{text}</p>}{feelings.length > 0 && <FeelingWords feelings={feelings} />}</>}
      <div class="row">
        <button type="button" class="button button-small" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? messages.value.cancel : messages.value.change}</button>
        <button type="button" class="button button-small" onClick={remove}>{words.remove}</button>
      </div>
    </li>
  );
}
