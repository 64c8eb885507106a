/** Who and what supports me, from my own places alone: worked out on this device. Pure. */
import type { LonLat, SupportType } from '../../../api/types';
import { middleOf } from '../../../lib/geometry';
import type { Shown } from '../../../offline/items';

export interface TypeOfSupport {
  type: SupportType;
  received: Shown[];
  given: Shown[];
}

export interface Network {
  types: TypeOfSupport[];
  /** With whom, the most often first. */
  company: { companion: string; places: Shown[] }[];
  /** Kinds of support that the person gets at one place or at none: the ground is thin there. */
  thin: SupportType[];
  /** Whether any support was named at all. */
  any: boolean;
}

const THIN = 1;

export function networkOf(places: readonly Shown[], types: readonly SupportType[]): Network {
  const with_ = (way: 'received' | 'given', type: SupportType): Shown[] => places.filter(({ properties }) => properties.support?.[way]?.includes(type));
  const rows = types.map((type) => ({ type, received: with_('received', type), given: with_('given', type) }));
  const companions = [...new Set(places.flatMap(({ properties }) => properties.company ?? []))].filter((companion) => companion !== 'alone');
  const company = companions
    .map((companion) => ({ companion, places: places.filter(({ properties }) => properties.company?.includes(companion)) }))
    .sort((a, b) => b.places.length - a.places.length || a.companion.localeCompare(b.companion));
  const any = rows.some(({ received, given }) => received.length + given.length > 0);
  return { types: rows, company, any, thin: any ? rows.filter(({ received }) => received.length <= THIN).map(({ type }) => type) : [] };
}

/** The place of mine that lies most in the middle of the others: where to look around, no more exact than it was shared. */
export function middleOfMine(places: readonly Shown[]): LonLat | null {
  const points = places.filter(({ properties }) => !properties.home).map(({ geometry }) => middleOf(geometry));
  const sum = (from: LonLat): number => points.reduce((total, [x, y]) => total + Math.hypot(x - from[0], (y - from[1]) * 2), 0);
  return [...points].sort((a, b) => sum(a) - sum(b))[0] ?? null;
}
