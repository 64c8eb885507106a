import '../../styles/planner.css';
import '../../styles/report.css';
import { useMemo } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { here, route, withQuery } from '../../app/router';
import { CopyLink } from '../../components/CopyLink';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { LegendList } from '../../lib/drawing/Legend';
import { lookOf } from '../../lib/drawing/looks';
import { drawingOf } from '../../lib/drawing/sheet';
import { DAY_NAMES, PRESETS, clockOf, extremes } from '../rhythm/hours';
import { REACH, areaLook } from '../picture/measures';
import { areasDrawn } from '../picture/AreaDrawing';
import { cannotSay, madeLines } from '../picture/pictureSheet';
import { leftOutAreas, leftOutLines } from '../picture/leftOut';
import { legendOf } from '../picture/legend';
import { promiseOf } from '../picture/ReadingNotes';
import { pictureSentences } from '../picture/sentences';
import { AreaFigures, AreasTable } from './ReportTables';
import { useReport, type Report } from './useReport';

/** One page for a neighbourhood or for the whole community, for the screen and for A4. */
export function ReportView() {
  const words = reportWords.words.report;
  const { id, title } = openCommunity();
  const { screen, query } = route.value;
  const area = screen[1] ?? null;
  const report = useReport(id, area, query.get('release'));
  const known = report.value !== null && report.value !== 'unknown-area' ? report.value : null;
  return (
    <article class={area === null ? 'report is-town' : 'report'} key={area}>
      <p class="no-print"><a href={withQuery(here('picture'), { release: query.get('release') })}>{words.back}</a></p>
      <PageTitle>{words.title(known?.area?.properties.name ?? title)}</PageTitle>
      {report.reason !== null && <ProblemNotice reason={report.reason} retry={report.again} />}
      {report.value === 'unknown-area' && <p class="notice">{words.unknownArea}</p>}
      {known ? <Page {...known} /> : report.value === null && report.reason === null && <Loading />}
    </article>
  );
}

function Page(report: Report) {
  const { release, recalled, areas, area, found, tested } = report;
  const { report: words, calledBackTitle, calledBackWhy } = reportWords.words;
  const plan = planner.words;
  const picture = messages.value.picture;
  const { title, attribution } = openCommunity();
  const { number, date } = formats.value;
  const mapped = found.concentration ?? [];
  const chosen = area?.id ?? null;
  // Without a picture the neighbourhoods are drawn as ground, so that the reader sees where this is.
  const drawing = useMemo(
    () => areasDrawn(mapped.length > 0 && release ? [...mapped, ...leftOutAreas(release, areas)] : [], (of) => areaLook(of, 'concentration', 'mean', null), true, chosen)
      ?? drawingOf(areas.features.map(({ id, geometry, properties }) => ({ id, geometry, look: lookOf('none'), name: properties.name, chosen: id === chosen }))),
    [mapped, areas, release, chosen],
  );
  const missing = release ? leftOutLines(release, plan, formats.value, chosen) : [];
  const legend = legendOf('concentration', null, picture, plan, formats.value);
  return (
    <>
      <p class="report-lead">{words.what(title)} {area?.properties.population != null && words.residents(number(area.properties.population))}</p>
      {release
        ? <p class="report-made">{madeLines(release, plan, reportWords.words, formats.value).join(' ')} {tested > 0 && reportWords.words.tested(number(tested))}</p>
        : <p class="notice">{recalled ? `${calledBackTitle} ${calledBackWhy(date(recalled.at), recalled.reason)}` : words.noRelease}</p>}
      {!area && mapped.length > 0 && <div class="report-sentences">{pictureSentences(mapped, picture, formats.value, 'concentration', plan).map((sentence) => <p key={sentence}>{sentence}</p>)}</div>}
      <div class="report-top">
        <section aria-labelledby="report-map">
          <h2 id="report-map">{words.map(plan.measures.concentration)}</h2>
          {drawing && <DrawnSvg drawing={drawing} label={words.map(plan.measures.concentration)} id="report" />}
        </section>
        <div class="report-around">
          {mapped.length > 0 && (
            <section aria-labelledby="report-legend">
              <h2 id="report-legend">{picture.legend}</h2>
              <LegendList of="report-legend" entries={legend.entries} />
              <p class="muted">{legend.notes.join(' ')}</p>
            </section>
          )}
          <Surroundings {...report} />
        </div>
      </div>
      {release && mapped.length > 0 && (
        <section aria-labelledby="report-numbers">
          <h2 id="report-numbers">{words.numbers}</h2>
          {area ? <AreaFigures found={found} unit={area.id} /> : <AreasTable found={found} areas={areas} release={release.id} />}
          {missing.length > 0 && <p>{missing.join(' ')}</p>}
        </section>
      )}
      <div class="report-notes">
        {release && (
          <section aria-labelledby="report-promise">
            <h2 id="report-promise">{words.guarantee}</h2>
            <p>{promiseOf(release).join(' ')}</p>
          </section>
        )}
        <section aria-labelledby="report-cannot">
          <h2 id="report-cannot">{words.cannot}</h2>
          <p>{cannotSay('concentration', picture).join(' ')} {plan.about.profile}</p>
        </section>
      </div>
      <p class="report-made">{words.credit}: {title}. {words.directory(date(new Date().toISOString()))} {attribution}</p>
      <p class="no-print"><button type="button" class="button" onClick={() => print()}>{words.print}</button></p>
      {release && <CopyLink pinned={{ release: release.id }} />}
    </>
  );
}

/** The support around: in reach by type, through the week, and the nearest; from the public directory. */
function Surroundings({ area, found, rhythm, offered }: Report) {
  const words = reportWords.words.report;
  const plan = planner.words;
  const { days } = messages.value.find;
  const { number, percent, distance } = formats.value;
  const reached = area && found.profile?.find(({ properties }) => properties.unit === area.id)?.properties.opportunity;
  const { most, none } = extremes(rhythm.open);
  const when = plan.rhythm.at(days[DAY_NAMES[Math.floor(most / 24)] ?? 'Mo'], clockOf(most));
  return (
    <>
      {area && (
        <section aria-labelledby="report-reach">
          <h2 id="report-reach">{words.reach}</h2>
          {reached
            ? <ul class="plain-list">{REACH.map((kind) => { const share = reached[kind]; return share != null && <li key={kind}>{words.reachRow(plan.kinds[kind], percent(share))}</li>; })}</ul>
            : <p>{words.reachUnknown}</p>}
        </section>
      )}
      <section aria-labelledby="report-week">
        <h2 id="report-week">{words.week}</h2>
        <p>{words.weekLine(number(rhythm.supports), number(rhythm.open[most] ?? 0), when, number(none))} {words.evening(number(rhythm.open[PRESETS.sundayEvening] ?? 0))} {words.weekUnknown(number(Math.max(...rhythm.unknown)))}</p>
      </section>
      <section aria-labelledby="report-nearest">
        <h2 id="report-nearest">{area ? words.nearest : words.offered}</h2>
        <ul class="plain-list">
          {offered.map(({ type, count, nearest }) => (
            <li key={type}>
              {!area ? words.offeredRow(plan.kinds[type], number(count))
                : nearest?.properties.distance_m != null ? words.nearestRow(plan.kinds[type], nearest.properties.name ?? nearest.properties.category, distance(nearest.properties.distance_m))
                  : words.reachRow(plan.kinds[type], words.none)}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
