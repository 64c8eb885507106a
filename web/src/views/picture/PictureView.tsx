import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, route } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';
import { MEASURES, PictureControls, unitsOf } from './PictureControls';
import { PublishedPicture } from './PublishedPicture';

export function PictureView() {
  const words = messages.value.picture;
  const { id, title, latest_release, publication_policy } = openCommunity();
  const { query } = route.value;
  const measure = MEASURES.find((name) => name === query.get('measure')) ?? MEASURES[0];
  const releases = useLoad(() => api.releases(id), [id]);
  const all = releases.value?.releases ?? [];
  const asked = query.get('release');
  const shown = all.find((one) => one.id === asked) ?? all.find((one) => one.id === latest_release) ?? all[0];
  const release = shown?.id ?? null;
  const offered = unitsOf(shown);
  const units = offered.find((name) => name === query.get('units')) ?? offered[0] ?? 'cells';
  const hotspots = useLoad(
    () => (release ? api.hotspots(id, release, measure, units) : Promise.resolve(null)),
    [id, release, measure, units],
  );

  if (!shown && !releases.reason) {
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
      {shown && <PictureControls measure={measure} units={units} offered={offered} release={shown.id} releases={all} />}
      {shown && !offered.includes('neighbourhoods') && <p class="small muted">{words.onlyCells}</p>}
      {hotspots.value && hotspots.value.units === units
        ? <PublishedPicture hotspots={hotspots.value} guarantee={shown?.guarantee} />
        : reason === null && <Loading />}
    </div>
  );
}
