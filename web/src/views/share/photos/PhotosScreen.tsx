import { useRef } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Photo, PhotoWords } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { announce } from '../../../components/LiveRegion';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
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
import { NOTHING_SAID, PhotoForm, type PhotoDraft } from './PhotoForm';
import { PhotoCard } from './PhotoCard';
import { SentPicture } from './SentPicture';
import { UnsentPicture } from './UnsentPicture';

/** The photos of one place: those that the server has, those that wait on this phone, and a new one. */
export function PhotosScreen({ participant, place: asked }: { participant: string; place: string }) {
  const words = mine.words.photos;
  const { id: community } = openCommunity();
  const id = settledAs.value.get(asked) ?? asked;
  const { place, name } = useMyPlace(participant, id);
  const load = useLoad(
    () => (isNew(id) ? Promise.resolve([]) : partsOf<Photo>(partsName('photo', community, participant, id), async () => (await api.photos.list(community, id)).photos)),
    [community, id, sent.value],
  );
  // It comes with the photos, so that it does not move under a finger; and stays while they are loaded again, for what was chosen.
  const opened = useRef(false);
  opened.current ||= load.value !== null || load.reason !== null;
  const form = useKeptForm<PhotoDraft>(formName(community, participant, `photo ${id}`), NOTHING_SAID);
  const unsent = waiting.value.filter((item) => item.kind === 'photo' && item.place === id);
  const allowed = place?.properties.share ?? { research: false, published_maps: false, public_story: false };
  const label = (said: PhotoWords): string => said.caption.trim() || words.unnamed;

  const save = async (bytes: Uint8Array<ArrayBuffer>, said: PhotoWords) => {
    await enqueue({ id: newKey(), kind: 'photo', place: id, label: label(said), body: said, media: 'image/jpeg', bytes });
    announce(words.kept);
    void flush();
  };
  /** What waits is written anew; of a photo that the server has, the words are changed after everything before. */
  const change = async (before: Waiting | null, of: string | null, said: PhotoWords) => {
    if (before) await replace({ ...before, label: label(said), body: said, refused: null });
    else await enqueue({ id: newKey(), kind: 'photo-change', place: id, of, label: label(said), body: said });
    announce(words.changed);
    void flush();
  };
  const remove = (photo: Photo) => {
    void deletePartSoon('photo', id, photo.id, label(photo));
    announceDeletion(...goingWords(photo));
  };
  const drop = (item: Waiting) => {
    void dropSoon(item);
    announceDeletion(words.removing);
  };
  const shared = { allowed, form: (what: string) => formName(community, participant, `photo words ${what}`) };
  return (
    <div class="narrow">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle tab={words.link}>{name === null ? words.link : words.title(name)}</PageTitle>
      <SaidNotice />
      <OutboxNotice />
      {load.reason !== null && unsent.length === 0 && <ProblemNotice reason={load.reason} retry={load.again} />}
      {!load.value && !load.reason && <Loading />}
      <ul class="plain-list photos">
        {unsent.map((item) => item.leavesAt ? <LeavingItem key={item.id} id={item.id}>{words.removing}</LeavingItem> : (
          <PhotoCard key={item.id} id={item.id} {...wordsOf(item.body as PhotoWords)} form={shared.form(item.id)} allowed={allowed} waiting={item}
            picture={(alt) => <UnsentPicture item={item} alt={alt} />}
            change={(said) => change(item, null, said)} remove={() => drop(item)} />
        ))}
        {partsWithWaiting(load.value ?? [], waiting.value, 'photo').map(({ part, waiting: item }) => {
          if (item?.kind !== 'photo-delete') {
            return (
              <PhotoCard key={part.id} id={part.id} {...wordsOf(part)} form={shared.form(part.id)} allowed={allowed} waiting={item}
                picture={(alt) => <SentPicture community={community} place={id} photo={part} alt={alt} loading="lazy" />}
                change={(said) => change(item, part.id, said)} remove={() => remove(part)} />
            );
          }
          return leaving.value.has(part.id) && <LeavingItem key={part.id} id={part.id}>{goingWords(part).join(' ')}</LeavingItem>;
        })}
      </ul>
      {opened.current && (
        <>
          <h2>{words.add}</h2>
          <PhotoForm form={form} allowed={allowed} save={save} />
        </>
      )}
    </div>
  );
}

/** That it goes; and of one that others could see, that copies of it cannot be called back. */
const goingWords = ({ share }: Photo): string[] =>
  [mine.words.photos.removing, ...(share.research || share.public_story ? [kept.words.deleting.photoShared] : [])];

const wordsOf = ({ caption, alt, showed, people, share }: PhotoWords): { words: PhotoWords } => ({ words: { caption, alt, showed, people, share } });
