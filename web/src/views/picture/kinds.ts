/** The kinds of place that the profile counts: being and doing, and the five of CHIME (Leamy et al. 2011). Pure. */
import type { HotspotProperties } from '../../api/types';

export const KINDS = ['being', 'doing', 'connectedness', 'hope', 'identity', 'meaning', 'empowerment'] as const;
export type Kind = (typeof KINDS)[number];
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** The shares of a neighbourhood, or null where none may be shown. */
export function knownKinds(area: HotspotProperties): Partial<Record<Kind, Share>> | null {
  const kinds = area.experience?.kinds;
  return kinds && area.class !== 'not_enough' ? (kinds as Partial<Record<Kind, Share>>) : null;
}
