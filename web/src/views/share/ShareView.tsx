import { openCommunity } from '../../app/community';
import { device, locked } from '../../app/device';
import { lazyRoom } from '../../app/LazyRoom';
import { screenOf } from '../../app/router';
import { loadMe, mayBeSignedIn, me } from '../../app/session';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { kept } from '../../i18n/kept';
import { mine } from '../../i18n/mine';
import { pictures } from '../../i18n/pictures';
import { useLoad } from '../../lib/useLoad';
import { ComeBackScreen } from './ComeBackScreen';
import { JoinScreen } from './JoinScreen';
import { WelcomeScreen } from './WelcomeScreen';
import { WithdrawnScreen } from './WithdrawnScreen';

const Unlock = lazyRoom(async () => {
  const [{ UnlockScreen }] = await Promise.all([import('./phone/UnlockScreen'), mine.open()]);
  return UnlockScreen;
});
const Person = lazyRoom(async () => {
  const [{ PersonRooms }] = await Promise.all([import('./PersonRooms'), mine.open(), kept.open(), pictures.open()]);
  return PersonRooms;
});

/** The room of the person's own places: the door for those outside, the places for those inside. */
export function ShareView() {
  const { id } = openCommunity();
  const screen = screenOf('share');
  const unknown = me.value === null && mayBeSignedIn(id);
  const opened = useLoad(device, []);
  const closed = locked.value;
  const load = useLoad(() => (unknown && opened.value && !closed ? loadMe(id) : Promise.resolve(me.value)), [id, unknown, opened.value, closed]);

  if (screen === 'withdrawn') return <WithdrawnScreen />;
  if (opened.value && closed && screen !== 'return' && screen !== 'join') return <Unlock />;
  if (load.reason) return <section class="narrow"><ProblemNotice reason={load.reason} retry={load.again} /></section>;
  if (unknown) return <Loading />;
  if (!me.value) {
    if (screen === 'join') return <JoinScreen />;
    if (screen === 'return') return <ComeBackScreen />;
    return <WelcomeScreen />;
  }
  return <Person />;
}
