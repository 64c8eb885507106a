import { useMemo } from 'preact/hooks';
import type { LonLat } from '../../../api/types';
import { mine } from '../../../i18n/mine';
import { CrossMap, type CrossMapProps } from '../../../map/CrossMap';
import { drawingOnMap } from '../../../map/features';
import { change, isKept, withoutLast, type Draft } from './draft';

/** The cross for the place that is written: one press puts a pin, several a walk or an area. */
export function WhereMap({ current, put, moved }: { current: Draft; put: CrossMapProps['put']; moved: (centre: LonLat) => void }) {
  const { place } = mine.words;
  // A place that is known less exactly than a pin has no pin.
  const stays = current.shape === 'pin' && isKept(current);
  const shown = useMemo(() => drawingOnMap(stays ? { ...current, corners: [] } : current), [current.shape, current.corners, stays]);
  const back = () => {
    if (current.corners.length > 0) change(withoutLast(current));
  };
  const drawing = current.shape === 'pin' ? undefined : { back, help: place.mapHelp, putHere: place.mapCorner };
  return <CrossMap start={current.corners.at(-1) ?? null} put={put} moved={moved} drawing={drawing} shown={shown} />;
}
