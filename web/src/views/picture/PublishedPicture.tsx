import { useMemo, useState } from 'preact/hooks';
import type { HotspotProperties, Hotspots, LonLat, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { announce } from '../../components/LiveRegion';
import { formats, messages } from '../../i18n';
import { boundsOf, middleOf } from '../../lib/geometry';
import { hotspotsOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { planner } from '../../i18n/planner';
import { AreaDrawing } from './AreaDrawing';
import { classWords, HotspotTable } from './HotspotTable';
import { Legend } from './Legend';
import { stepOf, stepsOf, valueOf, type Measure, type Reach } from './measures';
import { ReadingNotes } from './ReadingNotes';
import { pictureSentences, reachSentences } from './sentences';
import { TakePicture } from './TakePicture';

export interface PublishedPictureProps {
  hotspots: Hotspots;
  measure: Measure;
  reach: Reach;
  units: Units;
  release: Release;
}

/** Words first, then map and table with one legend, then how to read it. */
export function PublishedPicture({ hotspots, measure, reach, units, release }: PublishedPictureProps) {
  const words = messages.value.picture;
  const plan = planner.words;
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const steps = useMemo(() => stepsOf(hotspots.features, measure, reach), [hotspots, measure, reach]);
  const step = (area: HotspotProperties) => {
    const value = steps && valueOf(area, measure, reach);
    return steps && value !== null ? stepOf(value, steps) : null;
  };
  const data = useMemo(() => ({ hotspots: hotspotsOnMap(hotspots, chosen, step) }), [hotspots, chosen, steps, measure, reach]);
  const drawing = { features: hotspots.features, label: plan.measures[measure], named: units === 'neighbourhoods', step };
  const { attribution } = openCommunity();
  const view = useMemo(() => boundsOf(hotspots.features.flatMap(({ geometry }) => geometry ?? [])), [hotspots]);
  const named = (unit: string) => hotspots.features.find(({ properties }) => properties.unit === unit);

  const choose = (unit: string, onMap: boolean) => {
    setChosen(unit === chosen && !onMap ? null : unit);
    const area = named(unit);
    if (!area) return;
    announce(words.selected(area.properties.name ?? words.cell, classWords(area.properties.class)));
    if (onMap) requestAnimationFrame(() => document.getElementById(`area-${unit}`)?.scrollIntoView({ block: 'nearest' }));
    else if (area.geometry) setFocus(middleOf(area.geometry));
  };

  return (
    <>
      <div class="sentences">
        {(measure === 'opportunity'
          ? reachSentences(hotspots.features, reach, plan, formats.value)
          : pictureSentences(hotspots.features, words, formats.value, measure, plan)).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <p class="small muted">{plan.about[measure]} {measure === 'profile' && hotspots.features.every(({ properties }) => !properties.index) ? plan.indexLater : ''}</p>
      <p class="print-only small">{plan.measures[measure]}. {plan.printed(formats.value.date(release.made_at), release.policy === 'formal' ? plan.policies.formal : plan.policies.closed_group)} {attribution ?? ''}</p>
      <div class="picture-body">
        <div class="picture-side">
          <MapSlot listed label={words.mapName} failed={messages.value.map.failedTable} data={data} view={view} focus={focus} focusZoom={0} onChoose={(unit) => choose(unit, true)} />
          <details class="no-print"><summary>{plan.drawn}</summary><AreaDrawing {...drawing} id="stripes-screen" /></details>
          <div class="print-only"><AreaDrawing {...drawing} id="stripes-paper" /></div>
          <Legend measure={measure} steps={steps} />
        </div>
        <HotspotTable hotspots={hotspots} measure={measure} reach={reach} steps={steps} chosen={chosen} choose={(unit) => choose(unit, false)} />
      </div>
      <ReadingNotes release={release} measure={measure} />
      <TakePicture hotspots={hotspots} measure={measure} units={units} release={release} />
    </>
  );
}
