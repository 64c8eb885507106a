import { useEffect } from 'preact/hooks';
import { api, Problem } from '../api/client';
import { Loading } from '../components/Loading';
import { PageTitle } from '../components/PageTitle';
import { ProblemNotice } from '../components/ProblemNotice';
import { LiveRegion } from '../components/LiveRegion';
import { language, messages, speak } from '../i18n';
import { accessWords } from '../i18n/access';
import { compare } from '../i18n/compare';
import { planner } from '../i18n/planner';
import { reportWords } from '../i18n/report';
import { storyWords } from '../i18n/stories';
import { useLoad } from '../lib/useLoad';
import { AboutView } from '../views/about/AboutView';
import { ShareView } from '../views/share/ShareView';
import { community } from './community';
import { CommunityList } from './CommunityList';
import { Footer } from './Footer';
import { Header } from './Header';
import { lazyRoom } from './LazyRoom';
import { addressOf, navigate, route, screenOf, type Room } from './router';

const Find = lazyRoom(async () => (await import('../views/find/FindRooms')).FindRooms);
const Picture = lazyRoom(async () => {
  const [{ PictureView }] = await Promise.all([import('../views/picture/PictureView'), planner.open(), reportWords.open()]);
  return PictureView;
});
const Access = lazyRoom(async () => {
  const [{ AccessView }] = await Promise.all([import('../views/access/AccessView'), planner.open(), accessWords.open(), reportWords.open()]);
  return AccessView;
});
const Heat = lazyRoom(async () => {
  const [{ HeatView }] = await Promise.all([import('../views/heat/HeatView'), planner.open(), reportWords.open()]);
  return HeatView;
});
const Report = lazyRoom(async () => {
  const [{ ReportView }] = await Promise.all([import('../views/report/ReportView'), planner.open(), reportWords.open()]);
  return ReportView;
});
const Compare = lazyRoom(async () => {
  const [{ CompareView }] = await Promise.all([import('../views/compare/CompareView'), planner.open(), compare.open(), reportWords.open()]);
  return CompareView;
});
const Rhythm = lazyRoom(async () => {
  const [{ RhythmView }] = await Promise.all([import('../views/rhythm/RhythmView'), planner.open(), accessWords.open(), reportWords.open()]);
  return RhythmView;
});
const Stories = lazyRoom(async () => {
  const [{ StoriesView }] = await Promise.all([import('../views/stories/StoriesView'), planner.open(), storyWords.open()]);
  return StoriesView;
});
const Staff = lazyRoom(async () => (await import('../views/staff/StaffView')).StaffView);

export function App() {
  const { community: id, room } = route.value;
  const words = messages.value;
  return (
    <>
      <a class="skip-link" href="#content">{words.skipToContent}</a>
      <Header />
      <main id="content" tabIndex={-1}>
        {id === null ? <CommunityList /> : <CommunityGate key={id} id={id} room={room} />}
      </main>
      <Footer />
      <LiveRegion />
    </>
  );
}

/** Loads the community, then opens the room. */
function CommunityGate({ id, room }: { id: string; room: Room | null }) {
  const words = messages.value;
  const load = useLoad(() => api.community(id), [id]);
  useEffect(() => {
    if (load.value) {
      community.value = load.value;
      // A community that does not speak the reader's language is read in its first one.
      const offered = load.value.languages;
      if (offered[0] && !offered.includes(language.value)) void speak(offered[0]);
    }
    return () => void (community.value = null);
  }, [load.value]);
  useEffect(() => {
    if (room === null) navigate(addressOf(route.value, id, 'share'), true);
  }, [room]);

  if (load.reason instanceof Problem && load.reason.status === 404) {
    return (
      <section class="narrow">
        <PageTitle>{words.communities.unknown}</PageTitle>
        <p><a href="/">{words.communities.list}</a></p>
      </section>
    );
  }
  if (load.reason) return <section class="narrow"><ProblemNotice reason={load.reason} retry={load.again} /></section>;
  if (community.value?.id !== id || room === null) return <Loading />;
  switch (room) {
    case 'share': return <ShareView />;
    case 'find': return <Find />;
    case 'picture':
      switch (screenOf('picture')) {
        case 'access': return <Access />;
        case 'heat': return <Heat />;
        case 'report': return <Report />;
        case 'compare': return <Compare />;
        case 'rhythm': return <Rhythm />;
        case 'stories': return <Stories />;
        case '': return <Picture />;
      }
    case 'about': return <AboutView />;
    case 'staff': return <Staff />;
  }
}
