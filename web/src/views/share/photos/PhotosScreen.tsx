import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Photo, PhotoWords } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { announce } from '../../../components/LiveRegion';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { useUndo } from '../../../lib/useUndo';
import { useLoad } from '../../../lib/useLoad';
import { isNew, type Waiting } from '../../../offline/items';
import { bytesFor, discard, enqueue, flush, sent, settledAs, waiting } from '../../../offline/outbox';
import { newKey } from '../add/draft';
import { OutboxNotice } from '../OutboxNotice';
import { useMyPlaces } from '../useMyPlaces';
import { PhotoForm, PhotoWordsFields, withPeople } from './PhotoForm';

/** The photos of one place: those that the server has, those that wait on this phone, and a new one. */
export function PhotosScreen({ participant, place: asked }: { participant: string; place: string }) {
  const words = mine.words.photos;
  const { id: community } = openCommunity();
  const id = settledAs.value.get(asked) ?? asked;
  const { places } = useMyPlaces(participant);
  const place = places.find((one) => one.id === id);
  const load = useLoad(() => (isNew(id) ? Promise.resolve({ photos: [] }) : api.photos.list(community, id)), [community, id, sent.value]);
  const [reason, setReason] = useState<unknown>(null);
  const unsent = waiting.value.filter((item) => item.kind === 'photo' && item.place === id);
  const name = place?.properties.name ?? messages.value.mine.unnamed;
  const allowed = place?.properties.share ?? { research: false, published_maps: false, public_story: false };
  const undo = useUndo((photo) => void api.photos.remove(community, id, photo).then(load.again, setReason));
  const save = async (bytes: Uint8Array<ArrayBuffer>, said: PhotoWords) => {
    await enqueue({ id: newKey(), kind: 'photo', place: id, label: said.caption.trim() || words.unnamed, body: { ...said }, media: 'image/jpeg', bytes });
    announce(words.kept);
    void flush();
  };
  return (
    <div class="narrow">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle>{words.title(name)}</PageTitle>
      <OutboxNotice />
      {reason !== null && <ProblemNotice reason={reason} />}
      {load.reason !== null && unsent.length === 0 && <ProblemNotice reason={load.reason} retry={load.again} />}
      {!load.value && !load.reason && <Loading />}
      <ul class="plain-list photos">
        {unsent.map((item) => <UnsentPhoto key={item.id} item={item} />)}
        {(load.value?.photos ?? []).map((photo) => undo.leaving.has(photo.id)
          ? (
            <li key={photo.id} class="notice row leaving">
              <span>{words.removing}</span>
              <button type="button" class="button" onClick={() => undo.undo(photo.id)}>{messages.value.undo}</button>
            </li>
          )
          : <KeptPhoto key={photo.id} place={id} photo={photo} allowed={allowed} changed={load.again} remove={() => { undo.removeSoon(photo.id); announce(words.removing); }} />)}
      </ul>
      <h2>{words.add}</h2>
      <PhotoForm allowed={allowed} save={save} />
    </div>
  );
}

/** On this phone alone so far. */
function UnsentPhoto({ item }: { item: Waiting }) {
  const words = mine.words.photos;
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let current = true;
    bytesFor(item).then((bytes) => {
      if (!current || !bytes) return;
      made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
      setAddress(made);
    }, () => undefined);
    return () => {
      current = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [item.id]);
  const said = item.body as unknown as PhotoWords;
  return (
    <li class="card photo">
      {address && <img src={address} alt={said.alt || words.noAlt} />}
      {said.caption && <p>{said.caption}</p>}
      <p class="on-phone">{mine.words.outbox.onPhone}</p>
      <button type="button" class="button button-small" onClick={() => void discard(item)}>{words.remove}</button>
    </li>
  );
}

function KeptPhoto({ place, photo, allowed, changed, remove }: { place: string; photo: Photo; allowed: Parameters<typeof PhotoForm>[0]['allowed']; changed: () => void; remove: () => void }) {
  const words = mine.words.photos;
  const { id: community } = openCommunity();
  const { id: photoId, width, height, created_at: _at, ...about } = photo;
  const [said, setSaid] = useState<PhotoWords>(about);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<unknown>(null);
  const act = async (what: () => Promise<unknown>, told: string) => {
    setReason(null);
    try {
      await what();
      announce(told);
      setOpen(false);
      changed();
    } catch (failure) {
      setReason(failure);
    }
  };
  const shared = [photo.share.research && words.shareFor.research, photo.share.public_story && words.shareFor.public_story].filter(Boolean).join('. ');
  return (
    <li class="card photo">
      <img src={api.photos.address(community, place, photoId)} alt={photo.alt || words.noAlt} width={width} height={height} loading="lazy" />
      {photo.caption && <p>{photo.caption}</p>}
      <p class="small muted">{shared || messages.value.mine.onlyMe}.</p>
      {reason !== null && <ProblemNotice reason={reason} />}
      {open && (
        <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void act(() => api.photos.change(community, place, photoId, said), words.changed); }}>
          <fieldset class="stack-small">
            <legend>{words.people}</legend>
            <div class="row">
              {(['none', 'agreed', 'private'] as const).map((people) => (
                <label key={people} class="tick"><input type="radio" name={`people-${photoId}`} checked={said.people === people} onChange={() => setSaid(withPeople(said, people))} /><span>{words.peopleIs[people].title}</span></label>
              ))}
            </div>
          </fieldset>
          <PhotoWordsFields said={said} setSaid={setSaid} allowed={allowed} />
          <button type="submit" class="button button-main">{words.save}</button>
        </form>
      )}
      <div class="row">
        <button type="button" class="button button-small" aria-expanded={open} onClick={() => setOpen(!open)}>{words.change}</button>
        <button type="button" class="button button-small" onClick={remove}>{words.remove}</button>
      </div>
    </li>
  );
}
