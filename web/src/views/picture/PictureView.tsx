import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, route } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';
import { MEASURES, PictureControls, UNITS } from './PictureControls';
import { PublishedPicture } from './PublishedPicture';

export function PictureView() {
  const words = messages.value.picture;
  const { id, title, latest_release, publication_policy } = openCommunity();
  const { query } = route.value;
  const measure = MEASURES.find((name) => name === query.get('measure')) ?? MEASURES[0];
  const units = UNITS.find((name) => name === query.get('units')) ?? 'neighbourhoods';
  const releases = useLoad(() => api.releases(id), [id]);
  const all = releases.value?.releases ?? [];
  const asked = query.get('release');
  const release = all.find((one) => one.id === asked)?.id ?? latest_release ?? all[0]?.id ?? null;
  const hotspots = useLoad(
    () => (release ? api.hotspots(id, release, measure, units) : Promise.resolve(null)),
    [id, release, measure, units],
  );

  if (!release && !releases.reason) {
    return (
      <section class="narrow">
        <PageTitle>{words.title(title)}</PageTitle>
        {releases.value ? (
          <div class="notice">
            <p><strong>{words.none}</strong></p>
            <p>{words.noneWhy(formats.value.number(publication_policy.start_gate_people))}</p>
            <p><a class="button" href={here('find')}>{words.noneNext}</a></p>
          </div>
        ) : <Loading />}
      </section>
    );
  }
  const reason = releases.reason ?? hotspots.reason;
  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      {reason !== null && <ProblemNotice reason={reason} retry={() => (releases.reason ? releases : hotspots).again()} />}
      {release && all.length > 0 && <PictureControls measure={measure} units={units} release={release} releases={all} />}
      {hotspots.value && hotspots.value.units === units
        ? <PublishedPicture hotspots={hotspots.value} guarantee={all.find((one) => one.id === release)?.guarantee} />
        : reason === null && <Loading />}
    </div>
  );
}
