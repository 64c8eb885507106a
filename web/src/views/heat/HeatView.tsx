import '../../styles/planner.css';
import { useMemo } from 'preact/hooks';
import { api } from '../../api/client';
import type { Heat, Hotspots, Neighbourhoods, Release } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { CopyLink } from '../../components/CopyLink';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, language, messages } from '../../i18n';
import { alphabetOf } from '../../i18n/alphabet';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { Legend } from '../../lib/drawing/Legend';
import { SavePng } from '../../lib/drawing/SavePng';
import { saveFile } from '../../lib/drawing/save';
import { useLoad } from '../../lib/useLoad';
import { CalledBack } from '../picture/CalledBack';
import { PictureRooms } from '../picture/PictureRooms';
import { madeLines } from '../picture/pictureSheet';
import { ReadingNotes } from '../picture/ReadingNotes';
import { ClosedGroup } from '../snapshots/ClosedGroup';
import { bandwidthsOf, densest, highest, shadeOf } from './surface';
import { surfaceSentences } from './surfaceSentences';
import { spotsCsv, surfaceCsv, surfaceDrawing, surfaceLegend, surfaceSheet } from './surfaceSheet';

/** Where people mapped most as a smooth surface, drawn without WebGL, from the published hexagons alone. */
export function HeatView() {
  const words = planner.words.heat;
  const picture = messages.value.picture;
  const { id, title, publication_policy } = openCommunity();
  const { query } = route.value;
  const releases = useLoad(() => api.releases(id), [id]);
  const held = (releases.value?.releases ?? []).filter(({ cells, recalled }) => cells > 0 && !recalled);
  const release = held.find((one) => one.id === query.get('release')) ?? held[0];
  const gone = releases.value?.releases.find((one) => one.id === query.get('release'))?.recalled;
  const offered = bandwidthsOf(release);
  const bandwidth = offered.find((metres) => String(metres) === query.get('bandwidth')) ?? 1000;
  const heat = useLoad(() => (release ? api.heat(id, release.id, bandwidth) : Promise.resolve(null)), [id, release?.id, bandwidth]);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  // What stands out is said by the hexagons, which are tested and corrected: some spot of a surface is always the highest.
  const cells = useLoad(() => (release ? api.hotspots(id, release.id, 'concentration', 'cells') : Promise.resolve(null)), [id, release?.id]);
  const failed = [releases, heat, areas, cells].find(({ reason }) => reason !== null);
  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {/* Also while the dates are fetched: nothing below jumps when they come. */}
      {(release || (!releases.value && !failed)) && (
        <fieldset class="picture-controls no-print">
          <legend class="visually-hidden">{picture.controls}</legend>
          <div class="field">
            <label for="bandwidth">{words.bandwidth}</label>
            <select id="bandwidth" value={String(bandwidth)} onChange={(event) => setQuery({ bandwidth: event.currentTarget.value })}>
              {offered.map((metres) => <option key={metres} value={String(metres)}>{words.metres(formats.value.number(metres))}</option>)}
            </select>
          </div>
          <div class="field">
            <label for="release">{picture.release}</label>
            <select id="release" value={release?.id ?? ''} disabled={!release} onChange={(event) => setQuery({ release: event.currentTarget.value })}>
              {!release && <option value="">{messages.value.loading}</option>}
              {held.map((one) => <option key={one.id} value={one.id}>{formats.value.date(one.made_at)}</option>)}
            </select>
          </div>
        </fieldset>
      )}
      {gone && <CalledBack recalled={gone} next={reportWords.words.calledBackInstead} />}
      {releases.value && !release && (publication_policy.id === 'closed_group' ? <ClosedGroup /> : (
        <div class="notice">
          <p><strong>{picture.none}</strong></p>
          <p>{picture.noneWhy(formats.value.number(publication_policy.start_gate_people))}</p>
        </div>
      ))}
      {heat.value && release && areas.value && cells.value && heat.value.release === release.id && cells.value.release === release.id ? <Surface heat={heat.value} areas={areas.value} cells={cells.value} release={release} /> : !failed && (release || !releases.value) && <Loading />}
    </div>
  );
}

function Surface({ heat, areas, cells, release }: { heat: Heat; areas: Neighbourhoods; cells: Hotspots; release: Release }) {
  const words = planner.words.heat;
  const { number } = formats.value;
  const report = reportWords.words;
  const picture = messages.value.picture;
  const { id, title, attribution = null } = openCommunity();
  const most = highest(heat);
  const drawing = useMemo(() => surfaceDrawing(heat, areas), [heat, areas]);
  const rows = useMemo(() => {
    const compare = alphabetOf(language.value);
    // By name: an order by number would read as a ranking.
    return densest(heat, areas).sort((a, b) => compare(a.name, b.name));
  }, [heat, areas, language.value]);
  const between = (low: number, high: number) => planner.words.between(number(low), number(high));
  const sentences = surfaceSentences(heat, cells.features, { picture, plan: planner.words }, formats.value);
  const sheet = () => drawing && surfaceSheet({
    community: { id, title, attribution }, heat, release, drawing, sentences, words: { picture, plan: planner.words, report }, formats: formats.value,
  });
  const named = (what: string) => `stead-${id}-${what}-${heat.bandwidth}m-${release.made_at.slice(0, 10)}`;
  return (
    <>
      <div class="sentences">{sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <p class="small muted">{words.about}</p>
      <p class="small">{madeLines(release, planner.words, report, formats.value).join(' ')}</p>
      {attribution && <p class="small print-only">{attribution}</p>}
      <div class="picture-body">
        <div class="picture-side">
          {drawing && <DrawnSvg drawing={drawing} label={words.picture} id="surface" />}
          <Legend title={words.legend} legend={surfaceLegend(heat, planner.words, formats.value)} />
        </div>
        <div class="stack-small">
          <h2 id="table-title">{words.table}</h2>
          <p class="small muted">{words.highestOfMany}</p>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
            <table>
              <thead><tr>{(['name', 'value', 'interval'] as const).map((column) => <th key={column} scope="col" class={column === 'name' ? 'plain-head' : 'plain-head figures'}>{words.column[column]}</th>)}</tr></thead>
              <tbody>
                {rows.map(({ id, name, spot }) => (
                  <tr key={id}>
                    <th scope="row">{name}</th>
                    <td class="figures">{!spot?.enough ? picture.tooFew : shadeOf(spot, most) >= 0 ? number(spot.value) : words.unsure}</td>
                    <td class="figures">{spot?.enough ? between(spot.low, spot.high) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      </div>
      <ReadingNotes release={release} measure="relative" about={words.about} />
      <section class="stack-small no-print" aria-labelledby="take-title">
        <h2 id="take-title">{planner.words.take}</h2>
        <p class="small muted">{planner.words.takeLead}</p>
        <ul class="chips plain-list">
          <li><SavePng sheet={sheet} /></li>
          <li><button type="button" class="button button-small" onClick={() => saveFile(spotsCsv(heat, areas, release, attribution), 'text/csv', `${named('densest')}.csv`)}>{report.surface.table}</button></li>
          <li><button type="button" class="button button-small" onClick={() => saveFile(surfaceCsv(heat, release, attribution), 'text/csv', `${named('surface')}.csv`)}>{report.surface.grid}</button></li>
          <li><a class="button button-small" download href={api.package.heat(id, release.id, heat.bandwidth)}>{report.surface.packaged}</a></li>
          <li><button type="button" class="button button-small" onClick={() => print()}>{planner.words.print}</button></li>
        </ul>
        <CopyLink pinned={{ release: release.id, bandwidth: String(heat.bandwidth) }} />
      </section>
    </>
  );
}
