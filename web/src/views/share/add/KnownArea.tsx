import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Geometry, Polygon } from 'geojson';
import { api } from '../../../api/client';
import type { LonLat, Precision } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { boundsOf, holds, middleOf } from '../../../lib/geometry';
import { knownCells, snapGeometry } from '../../../lib/grid';
import { areasOnMap } from '../../../map/features';
import { MapSlot } from '../../../map/MapSlot';
import { knownSupports } from './knownSupports';

interface Known {
  precision: Precision;
  /** What is sent. */
  snapped: Geometry;
  /** Where others would look for it; null for what they would know as it is drawn. */
  cells: Polygon[] | null;
  middle: LonLat;
  neighbourhood: string | null;
  others: string[];
}

/** Names are a help to picture the area, not a register of it. */
const NAMES_SHOWN = 3;

/** What others would know: in words, and drawn on the map when asked for. */
export function KnownArea({ place, precision }: { place: Geometry; precision: Precision }) {
  const words = messages.value;
  const { id, vocabulary } = openCommunity();
  const [known, setKnown] = useState<Known | null>(null);
  const metres = vocabulary.precisions.find((term) => term.id === precision)?.metres ?? 0;

  useEffect(() => {
    let current = true;
    const look = async () => {
      const [snapped, cells] = await Promise.all([snapGeometry(place, precision), knownCells(place, precision)]);
      const middle = middleOf(snapped);
      const found: Known = { precision, snapped, cells, middle, neighbourhood: null, others: [] };
      if (current) setKnown(found);
      if (precision === 'exact') return;
      // Asked with the middle of the area, not with the point: even this question says no more than the area.
      // The one may come without the other: without a network, what this device keeps.
      const [areas, supports] = await Promise.all([
        api.neighbourhoods(id).then(({ features }) => features, () => []),
        knownSupports(id, middle, '', 50).then(({ features }) => features, () => []),
      ]);
      const names = supports.filter(({ geometry }) => geometry && (cells ?? []).some((cell) => holds(cell, middleOf(geometry)))).flatMap(({ properties }) => properties.name ?? []);
      const neighbourhood = areas.find(({ geometry }) => holds(geometry, middle))?.properties.name ?? null;
      if (current) setKnown({ ...found, neighbourhood, others: [...new Set(names)].slice(0, NAMES_SHOWN) });
    };
    // The names are extra: if they do not come, the size in words still stands.
    look().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [place, precision]);

  const data = useCallback(() => {
    const shapes = known ? [...(known.cells ?? []), ...(known.snapped.type === 'Polygon' || known.snapped.type === 'LineString' ? [known.snapped] : [])] : [];
    return {
      areas: areasOnMap(shapes.map((polygon, i) => ({ id: `known-${i}`, polygon })), 'known-0'),
      places: {
        type: 'FeatureCollection' as const,
        features: known && known.precision === 'exact' && known.snapped.type === 'Point'
          ? [{ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: known.middle }, properties: { shape: 'being', label: '' } }]
          : [],
      },
    };
  }, [known]);
  const view = useMemo(() => boundsOf(known ? known.cells ?? [known.snapped] : []), [known]);
  const inWords = words.add.inWords;
  return (
    <div class="known-area stack-small">
      <p class="notice" aria-live="polite">
        {precision === 'exact' ? (place.type === 'Point' ? inWords.exact : mine.words.place.knownExactly)
          : place.type === 'Point' ? inWords.area(formats.value.distance(metres)) : mine.words.place.knownShape(formats.value.distance(metres))}
        {known?.precision === precision && known.neighbourhood && ` ${inWords.within(known.neighbourhood)}`}
        {known?.precision === precision && known.others.length > 0 && ` ${inWords.around(formats.value.list(known.others))}`}
      </p>
      <MapSlot listed={known !== null} beside={false} label={words.add.areaMap} failed={words.map.failed} data={data} view={view} />
    </div>
  );
}
