import { useEffect } from 'preact/hooks';
import { api, Problem } from '../api/client';
import { Loading } from '../components/Loading';
import { PageTitle } from '../components/PageTitle';
import { ProblemNotice } from '../components/ProblemNotice';
import { LiveRegion } from '../components/LiveRegion';
import { messages } from '../i18n';
import { useLoad } from '../lib/useLoad';
import { AboutView } from '../views/about/AboutView';
import { FindView } from '../views/find/FindView';
import { PictureView } from '../views/picture/PictureView';
import { ShareView } from '../views/share/ShareView';
import { community } from './community';
import { CommunityList } from './CommunityList';
import { Footer } from './Footer';
import { Header } from './Header';
import { addressOf, navigate, route, type Room } from './router';

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
    if (load.value) community.value = load.value;
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
    case 'find': return <FindView />;
    case 'picture': return <PictureView />;
    case 'about': return <AboutView />;
  }
}
