import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Hotspot, Hotspots, LonLat, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery, withQuery } from '../../app/router';
import { announce } from '../../components/LiveRegion';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { FoldedDrawing } from '../../lib/drawing/FoldedDrawing';
import { Legend } from '../../lib/drawing/Legend';
import { boundsOf, middleOf } from '../../lib/geometry';
import { orderText } from '../../lib/order';
import { hasWebGl } from '../../lib/webGl';
import { hotspotsOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { reportOf } from '../report/reportOf';
import { cautionLines } from './cautions';
import { classWords, HotspotTable } from './HotspotTable';
import { leftOutLines } from './leftOut';
import { legendOf } from './legend';
import { areaLook, stepsOf, valueOf, written, type Measure, type Reach } from './measures';
import { areasDrawn } from './AreaDrawing';
import { madeLines, pictureSheet } from './pictureSheet';
import { ProfileShares } from './ProfileShares';
import { ReadingNotes } from './ReadingNotes';
import { pictureSentences, reachSentences } from './sentences';
import { orderOf } from './sorting';
import { TakePicture } from './TakePicture';

export interface PublishedPictureProps {
  hotspots: Hotspots;
  /** Neighbourhoods that the release has no number for, with their shapes. */
  blank: readonly Hotspot[];
  measure: Measure;
  reach: Reach;
  units: Units;
  release: Release;
}

/** Words first, then map and table with one legend, then how to read it. */
export function PublishedPicture({ hotspots, blank, measure, reach, units, release }: PublishedPictureProps) {
  const words = messages.value.picture;
  const plan = planner.words;
  const report = reportWords.words;
  const { features } = hotspots;
  const { query } = route.value;
  const asked = query.get('area');
  const area = features.find(({ properties }) => properties.unit === asked);
  const chosen = area?.properties.unit ?? null;
  const order = orderOf(query.get('sort'));
  // A link to an area brings the map to it; afterwards the map stays where the person moved it.
  const [focus, setFocus] = useState<LonLat | null>(() => (area?.geometry ? middleOf(area.geometry) : null));
  const [noMap, setNoMap] = useState(() => !hasWebGl());
  const steps = useMemo(() => stepsOf(features, measure, reach), [hotspots, measure, reach]);
  const drawn = useMemo(() => [...features, ...blank], [hotspots, blank]);
  const data = useCallback(() => ({ hotspots: hotspotsOnMap({ ...hotspots, features: drawn }, chosen, (of) => areaLook(of, measure, reach, steps)) }), [drawn, chosen, steps, measure, reach]);
  const drawing = useMemo(() => areasDrawn(drawn, (of) => areaLook(of, measure, reach, steps), units === 'neighbourhoods', chosen), [drawn, chosen, steps, measure, reach, units]);
  const legend = legendOf(measure, steps, words, plan, formats.value);
  const sentences = measure === 'opportunity' ? reachSentences(features, reach, plan, formats.value) : pictureSentences(features, words, formats.value, measure, plan);
  const remarks = [...cautionLines(hotspots, plan, formats.value), ...(units === 'neighbourhoods' ? leftOutLines(release, plan, formats.value) : [])];
  const { id, title, attribution } = openCommunity();
  const view = useMemo(() => boundsOf(features.flatMap(({ geometry }) => geometry ?? [])), [hotspots]);

  const choose = (unit: string, onMap: boolean) => {
    setQuery({ area: unit === chosen && !onMap ? null : unit });
    const found = drawn.find(({ properties }) => properties.unit === unit);
    if (!found) return;
    const { properties, geometry } = found;
    const value = valueOf(properties, measure, reach);
    // The support in reach has a number and no class.
    const meaning = measure === 'opportunity' && value !== null ? `${plan.kinds[reach]} ${written(value, measure, formats.value)}` : classWords(areaLook(properties, measure, reach, steps).class, measure);
    announce(words.selected(properties.name ?? words.cell, meaning));
    if (onMap) requestAnimationFrame(() => document.getElementById(`area-${unit}`)?.scrollIntoView({ block: 'nearest' }));
    else if (geometry) setFocus(middleOf(geometry));
  };
  const sheet = () => drawing && pictureSheet({
    community: { id, title, attribution: attribution ?? null }, measure, reach, units, tested: hotspots.n_tested, release, drawing, legend, sentences, remarks,
    words: { picture: words, plan, report }, formats: formats.value,
  });

  return (
    <>
      <div class="sentences">{sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <p class="small muted">{plan.about[measure]} {measure === 'profile' && features.every(({ properties }) => !properties.index) ? plan.indexLater : ''}</p>
      {measure === 'concentration' && release.neighbourhoods > 0 && (
        <p class="small no-print">{plan.followsPeople} <a href={withQuery(here('picture'), { release: query.get('release'), measure: 'relative' })}>{plan.measures.relative}</a></p>
      )}
      <p class="print-only small">{plan.measures[measure]}. {madeLines(release, plan, report, formats.value).join(' ')} {attribution ?? ''}</p>
      <div class="picture-body">
        <div class="picture-side">
          <MapSlot listed label={words.mapName} failed={messages.value.map.failedTable} data={data} view={view} focus={focus} focusZoom={0}
            onChoose={(unit) => choose(unit, true)} onFailed={() => setNoMap(true)} />
          {drawing && <FoldedDrawing title={plan.drawn} open={noMap} onPaper draw={(where) => <DrawnSvg drawing={drawing} label={plan.measures[measure]} id={`stripes-${where}`} />} />}
          <Legend title={words.legend} legend={legend} />
          {measure !== 'opportunity' && <p class="small muted">{report.tested(formats.value.number(hotspots.n_tested))}</p>}
          {remarks.length > 0 && <p class="small">{remarks.join(' ')}</p>}
        </div>
        <HotspotTable hotspots={hotspots} measure={measure} reach={reach} steps={steps} chosen={chosen} choose={(unit) => choose(unit, false)}
          order={order} setOrder={(next) => setQuery({ sort: orderText(next) })} />
      </div>
      {measure === 'profile' && <ProfileShares features={features} release={release} />}
      <section class="stack-small no-print" aria-labelledby="reports-title">
        <h2 id="reports-title">{report.report.links}</h2>
        <ul class="chips plain-list">
          <li><a class="button button-small" href={reportOf(release.id)}>{report.report.link(title)}</a></li>
          {area && units === 'neighbourhoods' && <li><a class="button button-small" href={reportOf(release.id, area.properties.unit)}>{report.report.link(area.properties.name ?? '')}</a></li>}
        </ul>
      </section>
      <ReadingNotes release={release} measure={measure} />
      <TakePicture hotspots={hotspots} measure={measure} reach={reach} units={units} release={release} sheet={sheet} />
    </>
  );
}
