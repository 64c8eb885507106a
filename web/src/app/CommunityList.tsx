import { useEffect } from 'preact/hooks';
import { api } from '../api/client';
import { Loading } from '../components/Loading';
import { PageTitle } from '../components/PageTitle';
import { ProblemNotice } from '../components/ProblemNotice';
import { messages } from '../i18n';
import { useLoad } from '../lib/useLoad';
import { addressOf, navigate, route } from './router';

/** The first page of a server: straight into its only community, or a choice between several. */
export function CommunityList() {
  const words = messages.value;
  const load = useLoad(api.communities, []);
  const communities = load.value?.communities;
  const only = communities?.length === 1 ? communities[0] : undefined;
  useEffect(() => {
    if (only) navigate(addressOf(route.value, only.id, 'share'), true);
  }, [only]);

  if (load.reason) return <section class="narrow"><ProblemNotice reason={load.reason} retry={load.again} /></section>;
  if (!communities || only) return <Loading />;
  return (
    <section class="narrow">
      <PageTitle>{words.communities.title}</PageTitle>
      {communities.length === 0 && <p>{words.communities.none}</p>}
      <ul class="plain-list stack">
        {communities.map(({ id, title }) => (
          <li key={id}><a class="card card-link" href={addressOf(route.value, id, 'share')}>{title}</a></li>
        ))}
      </ul>
    </section>
  );
}
