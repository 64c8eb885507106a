import '../../styles/planner.css';
import { useMemo } from 'preact/hooks';
import { api } from '../../api/client';
import type { Heat, Neighbourhoods } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, language, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { middleOf, positionsOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { PictureRooms } from '../picture/PictureRooms';
import { BANDWIDTHS, densest, highest, runsOf, SHADES, shadeOf, unsureShare } from './surface';

/** Where people mapped most as a smooth surface, drawn without WebGL, from the published hexagons alone. */
export function HeatView() {
  const words = planner.words.heat;
  const picture = messages.value.picture;
  const { id, title, publication_policy } = openCommunity();
  const { query } = route.value;
  const bandwidth = BANDWIDTHS.find((offered) => String(offered) === query.get('bandwidth')) ?? 1000;
  const releases = useLoad(() => api.releases(id), [id]);
  const held = (releases.value?.releases ?? []).filter(({ cells, recalled }) => cells > 0 && !recalled);
  const release = held.find((one) => one.id === query.get('release')) ?? held[0];
  const heat = useLoad(() => (release ? api.heat(id, release.id, bandwidth) : Promise.resolve(null)), [id, release?.id, bandwidth]);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const failed = [releases, heat, areas].find(({ reason }) => reason !== null);
  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {release && (
        <fieldset class="picture-controls no-print">
          <legend class="visually-hidden">{picture.controls}</legend>
          <div class="field">
            <label for="bandwidth">{words.bandwidth}</label>
            <select id="bandwidth" value={String(bandwidth)} onChange={(event) => setQuery({ bandwidth: event.currentTarget.value })}>
              {BANDWIDTHS.map((metres) => <option key={metres} value={String(metres)}>{words.metres(formats.value.number(metres))}</option>)}
            </select>
          </div>
          <div class="field">
            <label for="release">{picture.release}</label>
            <select id="release" value={release.id} onChange={(event) => setQuery({ release: event.currentTarget.value })}>
              {held.map((one) => <option key={one.id} value={one.id}>{formats.value.date(one.made_at)}</option>)}
            </select>
          </div>
        </fieldset>
      )}
      {releases.value && !release && (
        <div class="notice">
          <p><strong>{picture.none}</strong></p>
          <p>{picture.noneWhy(formats.value.number(publication_policy.start_gate_people))}</p>
        </div>
      )}
      {heat.value && areas.value ? <Surface heat={heat.value} areas={areas.value} /> : !failed && (release || !releases.value) && <Loading />}
    </div>
  );
}

function Surface({ heat, areas }: { heat: Heat; areas: Neighbourhoods }) {
  const words = planner.words.heat;
  const { number, percent } = formats.value;
  const most = highest(heat);
  const rows = useMemo(() => {
    const { compare } = new Intl.Collator(language.value);
    // By name: an order by number would read as a ranking.
    return densest(heat, areas).sort((a, b) => compare(a.name, b.name));
  }, [heat, areas, language.value]);
  const first = [...rows].sort((a, b) => (b.spot?.value ?? -Infinity) - (a.spot?.value ?? -Infinity))[0];
  const between = (low: number, high: number) => planner.words.between(number(low), number(high));
  return (
    <>
      <div class="sentences">
        <p>{first?.spot && first.spot.low > 0 ? words.densest(first.name, number(first.spot.value), number(first.spot.low), number(first.spot.high)) : words.densestNone}</p>
        <p>{words.quiet(percent(unsureShare(heat)))}</p>
        <p>{words.more}</p>
      </div>
      <p class="small muted">{words.about}</p>
      <div class="picture-body">
        <div class="picture-side">
          <Drawing heat={heat} areas={areas} />
          <section class="legend" aria-labelledby="legend-title">
            <h2 id="legend-title">{words.legend}</h2>
            <ul class="plain-list legend-classes">
              {Array.from({ length: SHADES }, (_, shade) => (
                <li key={shade}><span class={`class-mark reach-${shade}`} aria-hidden="true" /> {between((most * shade) / SHADES, (most * (shade + 1)) / SHADES)}</li>
              ))}
              <li><span class="class-mark class-not-enough" aria-hidden="true" /> {words.unsure}</li>
            </ul>
          </section>
        </div>
        <div class="stack-small">
          <h2 id="table-title">{words.table}</h2>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
            <table>
              <thead><tr>{(['name', 'value', 'interval'] as const).map((column) => <th key={column} scope="col" class="plain-head">{words.column[column]}</th>)}</tr></thead>
              <tbody>
                {rows.map(({ id, name, spot }) => (
                  <tr key={id}>
                    <th scope="row">{name}</th>
                    <td class="figures">{spot && shadeOf(spot, most) >= 0 ? number(spot.value) : words.unsure}</td>
                    <td class="figures">{spot ? between(spot.low, spot.high) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      </div>
    </>
  );
}

const WIDTH = 600;

function Drawing({ heat, areas }: { heat: Heat; areas: Neighbourhoods }) {
  const runs = useMemo(() => runsOf(heat), [heat]);
  const { bounds, columns, rows } = heat;
  if (!bounds) return null;
  const [west, south, east, north] = bounds;
  // Degrees of longitude are shorter than those of latitude; the picture keeps true proportions at its middle.
  const height = (WIDTH * (north - south)) / ((east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180));
  const x = (lon: number) => (WIDTH * (lon - west)) / (east - west);
  const y = (lat: number) => (height * (north - lat)) / (north - south);
  const [step, tall] = [WIDTH / columns, height / rows];
  return (
    <svg class="heat" viewBox={`0 0 ${WIDTH} ${height.toFixed(1)}`} role="img" aria-label={planner.words.heat.picture}>
      <defs>
        <pattern id="heat-hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V9" /></pattern>
      </defs>
      {/* A little overlap, so that no seam shows between rows. */}
      {runs.map(({ x: column, y: row, length, shade }) => (
        <rect key={`${column} ${row}`} class={shade < 0 ? 'unsure' : `shade-${shade}`} x={(column * step).toFixed(2)} y={(row * tall).toFixed(2)} width={(length * step + 0.3).toFixed(2)} height={(tall + 0.3).toFixed(2)} />
      ))}
      {runs.filter(({ shade }) => shade < 0).map(({ x: column, y: row, length }) => (
        <rect key={`h${column} ${row}`} fill="url(#heat-hatch)" x={(column * step).toFixed(2)} y={(row * tall).toFixed(2)} width={(length * step).toFixed(2)} height={tall.toFixed(2)} />
      ))}
      {areas.features.map(({ id, geometry, properties: { name } }) => {
        const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
        const [lon, lat] = middleOf(geometry);
        return positionsOf(geometry).length > 0 && (
          <g key={id}>
            <path class="outline" d={rings.map((ring) => `M${ring.map(([a = 0, b = 0]) => `${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join('L')}Z`).join('')} />
            <text x={x(lon).toFixed(1)} y={y(lat).toFixed(1)} text-anchor="middle">{name}</text>
          </g>
        );
      })}
    </svg>
  );
}
