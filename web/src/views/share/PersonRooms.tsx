import '../../styles/mine.css';
import { api } from '../../api/client';
import type { Me } from '../../api/types';
import { onDevice } from '../../app/serviceWorker';
import { lazyRoom } from '../../app/LazyRoom';
import { knownPlaces } from '../../offline/places';
import { offers, openCommunity } from '../../app/community';
import { me } from '../../app/session';
import { useLoad } from '../../lib/useLoad';
import { whenIdle } from '../../lib/whenIdle';
import { Loading } from '../../components/Loading';
import { AddPlace } from './add/AddPlace';
import { keepDrafts } from './add/keptDraft';
import { openOutbox } from '../../offline/outbox';
import { PhoneScreen } from './phone/PhoneScreen';
import { SharedGuard } from './phone/SharedGuard';
import { ChoicesScreen } from './ChoicesScreen';
import { deletedOnLeaving } from './deletions';
import { isJoining } from './joining';
import { MyPlaces } from './MyPlaces';
import { ReturnCodeScreen } from './ReturnCodeScreen';
import { route, screenOf } from '../../app/router';

const Network = lazyRoom(async () => (await import('./network/NetworkScreen')).NetworkScreen);
const Photos = lazyRoom(async () => (await import('./photos/PhotosScreen')).PhotosScreen);
const Diary = lazyRoom(async () => (await import('./diary/DiaryScreen')).DiaryScreen);
const Collage = lazyRoom(async () => {
  const [{ CollageScreen }] = await Promise.all([import('./collage/CollageScreen'), import('../../styles/collage.css')]);
  return CollageScreen;
});

/** The rooms of somebody who has joined; fetched when they come in. */
export function PersonRooms() {
  const { id } = openCommunity();
  const step = route.value.screen[1];
  const person = me.value;
  const drafts = useLoad(() => (person ? begin(id, person.participant) : Promise.resolve(false)), [id, person?.participant]);
  if (!person || drafts.value === null) return <Loading />;
  return <SharedGuard><Screen community={id} person={person} step={step} /></SharedGuard>;
}

function Screen({ community, person, step }: { community: string; person: Me; step: string | undefined }) {
  switch (screenOf('share')) {
    case 'join': return isJoining(community) ? <ReturnCodeScreen /> : <MyPlaces participant={person.participant} />;
    case 'code': return <ReturnCodeScreen />;
    case 'add': return <AddPlace step={step} />;
    case 'choices': return <ChoicesScreen person={person} />;
    case 'phone': return <PhoneScreen />;
    case 'photos': return step && offers('photos') ? <Photos participant={person.participant} place={step} /> : <MyPlaces participant={person.participant} />;
    case 'diary': return step && offers('diary') ? <Diary participant={person.participant} place={step} /> : <MyPlaces participant={person.participant} />;
    case 'network': return <Network participant={person.participant} />;
    case 'collage': return <Collage participant={person.participant} />;
    default: return <MyPlaces participant={person.participant} />;
  }
}

async function begin(community: string, participant: string): Promise<true> {
  await Promise.all([keepDrafts(community, participant), openOutbox(community, participant).then(deletedOnLeaving)]);
  // For when there is no network: my places; and the names of places are the same for everybody.
  // Neither waits for the other: one may fail alone.
  void whenIdle().then(() => Promise.allSettled([
    knownPlaces(community, participant),
    onDevice().then(() => Promise.all([api.communities(), api.community(community), api.allSupports(community), api.neighbourhoods(community)])),
  ]));
  return true;
}
