import { api, Unreachable } from '../../../api/client';
import type { LonLat, Support, SupportPage } from '../../../api/types';
import { distanceMetres, middleOf } from '../../../lib/geometry';
import { fitOf } from './namesLike';

/** Known places by a word, or near a point, nearest first: from the server; without a network, from what this device keeps of it. */
export async function knownSupports(community: string, near: LonLat | null, q: string, limit: number): Promise<SupportPage> {
  try {
    return await api.supports(community, { limit, ...(near ? { near } : {}), ...(q ? { q } : {}) });
  } catch (reason) {
    if (!(reason instanceof Unreachable)) throw reason;
    const all = await api.allSupports(community);
    const metres = ({ geometry }: Support): number => (near && geometry ? distanceMetres(near, middleOf(geometry)) : 0);
    const found = all.features.filter(({ geometry }) => geometry).map((support) => ({ support, fit: fitOf(support.properties.name ?? '', q), metres: metres(support) })).filter(({ fit }) => fit > 0);
    // What was typed without a slip comes first.
    const features = found.sort((a, b) => b.fit - a.fit || a.metres - b.metres).slice(0, limit).map(({ support }) => support);
    return { ...all, features, number_matched: found.length, number_returned: features.length };
  }
}
