import { useMemo, useState } from 'preact/hooks';
import type { Hotspots, LonLat } from '../../api/types';
import { announce } from '../../components/LiveRegion';
import { formats, messages } from '../../i18n';
import { boundsOf, middleOf } from '../../lib/geometry';
import { hotspotsOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { HotspotTable } from './HotspotTable';
import { Legend } from './Legend';
import { ReadingNotes } from './ReadingNotes';
import { pictureSentences } from './sentences';

/** Words first, then map and table with one legend, then how to read it. */
export function PublishedPicture({ hotspots, guarantee }: { hotspots: Hotspots; guarantee: string | undefined }) {
  const words = messages.value.picture;
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const data = useMemo(() => ({ hotspots: hotspotsOnMap(hotspots, chosen) }), [hotspots, chosen]);
  const view = useMemo(() => boundsOf(hotspots.features.flatMap(({ geometry }) => geometry ?? [])), [hotspots]);
  const named = (unit: string) => hotspots.features.find(({ properties }) => properties.unit === unit);

  const choose = (unit: string, onMap: boolean) => {
    setChosen(unit === chosen && !onMap ? null : unit);
    const area = named(unit);
    if (!area) return;
    announce(words.selected(area.properties.name ?? words.cell, words.className[area.properties.class]));
    if (onMap) requestAnimationFrame(() => document.getElementById(`area-${unit}`)?.scrollIntoView({ block: 'nearest' }));
    else if (area.geometry) setFocus(middleOf(area.geometry));
  };

  return (
    <>
      <div class="sentences">
        {pictureSentences(hotspots.features, words, formats.value).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <div class="picture-body">
        <div class="picture-side">
          <MapSlot listed label={words.mapName} failed={messages.value.map.failedTable} data={data} view={view} focus={focus} focusZoom={0} onChoose={(unit) => choose(unit, true)} />
          <Legend />
        </div>
        <HotspotTable hotspots={hotspots} chosen={chosen} choose={(unit) => choose(unit, false)} />
      </div>
      <ReadingNotes guarantee={guarantee} />
    </>
  );
}
