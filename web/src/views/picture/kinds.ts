/** The kinds of place that the profile counts: being and doing, and the five of CHIME (Leamy et al. 2011). Pure. */
import type { HotspotProperties } from '../../api/types';

export const KINDS = ['being', 'doing', 'connectedness', 'hope', 'identity', 'meaning', 'empowerment'] as const;
export type Kind = (typeof KINDS)[number];
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** The domain of experience where a release is large enough for all of its parts, else the feelings alone; both 0 to 1. */
export const experienceOf = ({ class: of, experience }: HotspotProperties): Share | null => (of === 'not_enough' ? null : (experience?.score ?? experience?.valence ?? null));

/** Of what the domain is made beside the kinds, and what describes it: the feelings, the mix of being and doing, how varied activities are. */
export const PARTS = ['valence', 'mix', 'diversity'] as const;
export type Part = (typeof PARTS)[number];
export const partOf = ({ class: of, experience }: HotspotProperties, part: Part): Share | null => (of === 'not_enough' ? null : (experience?.[part] ?? null));

/** The shares of a neighbourhood, or null where none may be shown. */
export function knownKinds(area: HotspotProperties): Partial<Record<Kind, Share>> | null {
  const kinds = area.experience?.kinds;
  return kinds && area.class !== 'not_enough' ? (kinds as Partial<Record<Kind, Share>>) : null;
}
