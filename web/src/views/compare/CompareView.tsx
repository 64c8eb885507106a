import '../../styles/planner.css';
import '../../styles/compare.css';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { compare } from '../../i18n/compare';
import { reportWords } from '../../i18n/report';
import { useLoad } from '../../lib/useLoad';
import { ClosedGroup } from '../snapshots/ClosedGroup';
import { CalledBack } from '../picture/CalledBack';
import { PictureRooms } from '../picture/PictureRooms';
import { CompareMeasures } from './CompareMeasures';
import { CompareReleases } from './CompareReleases';

export const KINDS = ['releases', 'measures'] as const;

/** /{community}/picture/compare: two dates of one measure, or two measures of one date. All that is chosen is in the address. */
export function CompareView() {
  const words = compare.words;
  const { id, title, publication_policy } = openCommunity();
  const load = useLoad(() => api.releases(id), [id]);
  // What was called back is given out by nobody.
  const releases = load.value?.releases.filter(({ recalled }) => !recalled);
  const asked = ['release', 'from'].map((name) => route.value.query.get(name));
  const gone = load.value?.releases.find(({ id: one, recalled }) => recalled && asked.includes(one))?.recalled;
  const kind = KINDS.find((name) => name === route.value.query.get('of')) ?? 'releases';
  return (
    <div class="picture stack">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      <div class="field compare-kind no-print" role="group" aria-label={words.what}>
        <ul class="chips plain-list">
          {KINDS.map((name) => <li key={name}><button type="button" class="button button-small" aria-pressed={kind === name} onClick={() => setQuery({ of: name, sort: null })}>{words.kinds[name]}</button></li>)}
        </ul>
      </div>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {gone && <CalledBack recalled={gone} next={reportWords.words.calledBackInstead} />}
      {!releases && load.reason === null && <Loading />}
      {releases?.length === 0 && (publication_policy.id === 'closed_group' ? <ClosedGroup /> : <Nothing text={words.none} />)}
      {releases && releases.length === 1 && kind === 'releases' && <Nothing text={words.one} />}
      {releases && releases.length > 1 && kind === 'releases' && <CompareReleases releases={releases} />}
      {releases && releases.length > 0 && kind === 'measures' && <CompareMeasures releases={releases} />}
    </div>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <div class="notice">
      <p><strong>{text}</strong></p>
      <p><a class="button" href={here('picture')}>{compare.words.back}</a></p>
    </div>
  );
}
