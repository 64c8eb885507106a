/** What a researcher asks for, and the question that the server gets. Pure. */
import type { LonLat, Selection } from '../../api/types';
import { circle, polygonOf, type Area } from './area';

export type AreaWay = 'all' | 'neighbourhoods' | 'circle' | 'draw' | 'paste';

export interface Ask {
  way: AreaWay;
  neighbourhoods: readonly string[];
  centre: LonLat | null;
  metres: number;
  corners: readonly LonLat[];
  pasted: Area | null;
  feelings: readonly string[];
  chime: readonly string[];
  barriers: readonly string[];
  /** Null for either. */
  being: boolean | null;
  doing: boolean | null;
}

export const NOTHING: Ask = {
  way: 'all', neighbourhoods: [], centre: null, metres: 500, corners: [], pasted: null,
  feelings: [], chime: [], barriers: [], being: null, doing: null,
};

export const RADIUS = [50, 20_000] as const;

/** The area that is drawn on the map, if the way has one and it is whole. */
export function areaOfAsk({ way, centre, metres, corners, pasted }: Ask): Area | null {
  switch (way) {
    case 'circle': return centre && metres >= RADIUS[0] && metres <= RADIUS[1] ? circle(centre, metres) : null;
    case 'draw': return polygonOf(corners);
    case 'paste': return pasted;
    default: return null;
  }
}

/** Whether the way of the area was begun and not finished: nobody should read more places than they meant. */
export const unfinished = (ask: Ask): boolean =>
  ask.way === 'neighbourhoods' ? ask.neighbourhoods.length === 0 : ask.way !== 'all' && areaOfAsk(ask) === null;

export function selectionOf(ask: Ask): Selection {
  const within = areaOfAsk(ask);
  return {
    ...(within ? { within: { type: within.type, coordinates: within.coordinates } } : {}),
    ...(ask.way === 'neighbourhoods' ? { neighbourhood: [...ask.neighbourhoods] } : {}),
    ...(ask.feelings.length > 0 ? { feeling: [...ask.feelings] } : {}),
    ...(ask.chime.length > 0 ? { chime: [...ask.chime] } : {}),
    ...(ask.barriers.length > 0 ? { barrier: [...ask.barriers] } : {}),
    ...(ask.being === null ? {} : { being: ask.being }),
    ...(ask.doing === null ? {} : { doing: ask.doing }),
  };
}

/** A kept question as it stands in the form again. A circle comes back as the polygon that was asked. */
export function askOf(selection: Selection): Ask {
  const within = selection.within as Area | null | undefined;
  const near = selection.neighbourhood ?? [];
  return {
    ...NOTHING,
    way: within ? 'paste' : near.length > 0 ? 'neighbourhoods' : 'all',
    pasted: within ?? null,
    neighbourhoods: near,
    feelings: selection.feeling ?? [],
    chime: selection.chime ?? [],
    barriers: selection.barrier ?? [],
    being: selection.being ?? null,
    doing: selection.doing ?? null,
  };
}
