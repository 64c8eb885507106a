import { openCommunity } from '../../app/community';
import { route } from '../../app/router';
import { loadMe, mayBeSignedIn, me } from '../../app/session';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { useLoad } from '../../lib/useLoad';
import { AddPlace } from './add/AddPlace';
import { ChoicesScreen } from './ChoicesScreen';
import { ComeBackScreen } from './ComeBackScreen';
import { JoinScreen } from './JoinScreen';
import { MyPlaces } from './MyPlaces';
import { ReturnCodeScreen } from './ReturnCodeScreen';
import { WelcomeScreen } from './WelcomeScreen';
import { WithdrawnScreen } from './WithdrawnScreen';

/** The room of the person's own places: the door for those outside, the places for those inside. */
export function ShareView() {
  const { id } = openCommunity();
  const [screen, step] = route.value.screen;
  const unknown = me.value === null && mayBeSignedIn(id);
  const load = useLoad(() => (unknown ? loadMe(id) : Promise.resolve(me.value)), [id, unknown]);

  if (screen === 'withdrawn') return <WithdrawnScreen />;
  if (load.reason) return <section class="narrow"><ProblemNotice reason={load.reason} retry={load.again} /></section>;
  if (unknown) return <Loading />;
  if (!me.value) {
    if (screen === 'join') return <JoinScreen />;
    if (screen === 'return') return <ComeBackScreen />;
    return <WelcomeScreen />;
  }
  switch (screen) {
    case 'code': return <ReturnCodeScreen />;
    case 'add': return <AddPlace step={step} />;
    case 'choices': return <ChoicesScreen person={me.value} />;
    default: return <MyPlaces />;
  }
}
