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
import { useLoad } from '../../../lib/useLoad';
import { formName } from '../../../offline/keptForms';
import { isNew, partsWithWaiting, type Waiting } from '../../../offline/items';
import { enqueue, flush, replace, sent, settledAs, waiting } from '../../../offline/outbox';
import { partsName, partsOf } from '../../../offline/parts';
import { newKey } from '../../../lib/newKey';
import { announceDeletion, deletePartSoon, dropSoon, leaving } from '../deletions';
import { LeavingItem } from '../LeavingItem';
import { OutboxNotice } from '../OutboxNotice';
import { SaidNotice } from '../SaidNotice';
import { useKeptForm } from '../useKeptForm';
import { useMyPlace } from '../useMyPlaces';
import { DiaryForm, today } from './DiaryForm';
import { Entry } from './Entry';
import { FeelingsOverTime } from './FeelingsOverTime';

/** Dated entries on one place, newest first, and its feelings over time. Every change is kept on this device before it is sent. */
export function DiaryScreen({ participant, place: asked }: { participant: string; place: string }) {
  const words = mine.words.diary;
  const { id: community } = openCommunity();
  const id = settledAs.value.get(asked) ?? asked;
  const { name } = useMyPlace(participant, id);
  const load = useLoad(
    () => (isNew(id) ? Promise.resolve([]) : partsOf<DiaryEntry>(partsName('diary', community, participant, id), async () => (await api.diary.list(community, id)).entries)),
    [community, id, sent.value],
  );
  const form = useKeptForm<DiaryWords>(formName(community, participant, `diary ${id}`), { date: today(), text: '', feelings: [] });
  const unsent = waiting.value.filter((item) => item.kind === 'diary' && item.place === id);
  const entries = partsWithWaiting(load.value ?? [], waiting.value, 'diary').sort((a, b) => b.part.date.localeCompare(a.part.date));

  const label = ({ date }: DiaryWords): string => words.entryOf(formats.value.date(date));
  const write = async (kind: 'diary' | 'diary-change', entry: DiaryWords, of: string | null) => {
    await enqueue({ id: newKey(), kind, place: id, of, label: label(entry), body: entry });
    announce(words.kept);
    void flush();
  };
  /** What waits is written anew; something that the server has is changed after everything before. */
  const change = async (before: Waiting | null, of: string | null, entry: DiaryWords) => {
    if (!before) return write('diary-change', entry, of);
    await replace({ ...before, label: label(entry), body: entry, refused: null });
    announce(words.kept);
    void flush();
  };
  const remove = (entry: DiaryEntry) => {
    void deletePartSoon('diary', id, entry.id, label(entry));
    announceDeletion(words.removing);
  };
  const drop = (item: Waiting) => {
    void dropSoon(item);
    announceDeletion(words.removing);
  };
  return (
    <div class="narrow">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle tab={words.link}>{name === null ? words.link : words.title(name)}</PageTitle>
      <p class="muted">{words.lead}</p>
      <SaidNotice />
      <OutboxNotice />
      <DiaryForm form={form} save={(entry) => write('diary', entry, null)} submit={words.save} />
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {!load.value && !load.reason && <Loading />}
      <FeelingsOverTime entries={entries.filter(({ part }) => !leaving.value.has(part.id)).map(({ part }) => part)} />
      <ul class="plain-list stack-small" aria-label={words.entries}>
        {unsent.map((item) => item.leavesAt ? <LeavingItem key={item.id} id={item.id}>{words.removing}</LeavingItem> : (
          <Entry key={item.id} id={item.id} entry={item.body as DiaryWords} form={formName(community, participant, `entry ${item.id}`)} waiting={item}
            change={(next) => change(item, null, next)} remove={() => drop(item)} />
        ))}
        {entries.map(({ part, waiting: item }) => {
          if (item?.kind !== 'diary-delete') {
            return (
              <Entry key={part.id} id={part.id} entry={part} form={formName(community, participant, `entry ${part.id}`)} waiting={item}
                change={(next) => change(item, part.id, next)} remove={() => remove(part)} />
            );
          }
          return leaving.value.has(part.id) && <LeavingItem key={part.id} id={part.id}>{words.removing}</LeavingItem>;
        })}
      </ul>
    </div>
  );
}
