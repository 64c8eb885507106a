/** Where the search starts. It lives in memory only: it may be where a person is, or one of their own places. */
import type { LonLat } from '../../api/types';

export type Origin =
  | { kind: 'all' }
  | { kind: 'here' | 'map' | 'coordinates'; point: LonLat | null }
  | { kind: 'mine' | 'support'; id: string; name: string; point: LonLat };

export const pointOf = (origin: Origin): LonLat | null => (origin.kind === 'all' ? null : origin.point);
