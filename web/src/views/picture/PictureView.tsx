import '../../styles/planner.css';
import { useRef } from 'preact/hooks';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, route } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { useLoad } from '../../lib/useLoad';
import { ClosedGroup } from '../snapshots/ClosedGroup';
import { CalledBack } from './CalledBack';
import { leftOutAreas, leftOutLines } from './leftOut';
import { askedAs, measureOf, measuresOf, REACH, unitsOf } from './measures';
import { PictureControls } from './PictureControls';
import { PictureRooms } from './PictureRooms';
import { PublishedPicture, type PublishedPictureProps } from './PublishedPicture';

export function PictureView() {
  const words = messages.value.picture;
  const { id, title, latest_release, publication_policy } = openCommunity();
  const { query } = route.value;
  const releases = useLoad(() => api.releases(id), [id]);
  const all = releases.value?.releases ?? [];
  const asked = query.get('release');
  const shown = all.find((one) => one.id === asked) ?? all.find((one) => one.id === latest_release) ?? all.find(({ recalled }) => !recalled) ?? all[0];
  const recalled = shown?.recalled ?? null;
  const release = shown?.id ?? null;
  const measures = measuresOf(shown);
  const measure = measureOf(measures, query, 'concentration');
  const reach = REACH.find((name) => name === query.get('reach')) ?? REACH[0];
  const askedFor = askedAs(measure);
  const offered = unitsOf(shown, measure);
  const units = offered.find((name) => name === query.get('units')) ?? offered[0] ?? 'cells';
  const picture = useLoad(async () => {
    if (!shown || !release || recalled) return null;
    const missing = units === 'neighbourhoods' && shown.left_out.length > 0;
    // Without their shapes those that have no number stay blank, and the line that names them is there all the same.
    const [hotspots, areas] = await Promise.all([api.hotspots(id, release, askedFor, units), missing ? api.neighbourhoods(id).catch(() => null) : null]);
    return { hotspots, blank: leftOutAreas(shown, areas) };
  }, [id, release, recalled !== null, askedFor, units]);

  // The picture before stays until the next one is whole, so that the map is not built again.
  const last = useRef<PublishedPictureProps | null>(null);
  const come = picture.value?.hotspots;
  if (shown && picture.value && come?.units === units && come.measure === askedFor && come.release === release) {
    last.current = { ...picture.value, measure, reach, units, release: shown };
  }

  if (!shown && !releases.reason) {
    return (
      <section class="narrow">
        <PageTitle>{words.title(title)}</PageTitle>
        <PictureRooms />
        {releases.value && publication_policy.id === 'closed_group' ? <ClosedGroup /> : releases.value ? (
          <div class="notice">
            <p><strong>{words.none}</strong></p>
            <p>{words.noneWhy(formats.value.number(publication_policy.start_gate_people))}</p>
            <p><a class="button" href={here('find')}>{words.noneNext}</a></p>
          </div>
        ) : <Loading />}
      </section>
    );
  }
  // A picture that could not be had is not replaced by the one before under its name.
  const reason = releases.reason ?? picture.reason;
  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      {reason !== null && <ProblemNotice reason={reason} retry={() => (releases.reason ? releases : picture).again()} />}
      {shown && <PictureControls measure={measure} measures={measures} reach={reach} units={units} offered={offered} release={shown.id} releases={all} />}
      {recalled && <CalledBack recalled={recalled} next={reportWords.words.calledBackNext} />}
      {shown && !recalled && shown.neighbourhoods === 0 && <p class="small muted">{words.onlyCells} {leftOutLines(shown, planner.words, formats.value).join(' ')}</p>}
      {!recalled && (last.current && reason === null
        ? <PublishedPicture {...last.current} />
        : reason === null && <Loading />)}
    </div>
  );
}
