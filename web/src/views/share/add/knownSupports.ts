import { api, Unreachable } from '../../../api/client';
import type { LonLat, Support, SupportPage } from '../../../api/types';
import { distanceMetres, middleOf } from '../../../lib/geometry';

/** Known places by a word, or near a point, nearest first: from the server; without a network, from what this device keeps of it. */
export async function knownSupports(community: string, near: LonLat | null, q: string, limit: number): Promise<SupportPage> {
  try {
    return await api.supports(community, { limit, ...(near ? { near } : {}), ...(q ? { q } : {}) });
  } catch (reason) {
    if (!(reason instanceof Unreachable)) throw reason;
    const all = await api.allSupports(community);
    const found = all.features.filter(({ geometry, properties }) => geometry && (properties.name ?? '').toLocaleLowerCase().includes(q.toLocaleLowerCase()));
    const metres = ({ geometry }: Support): number => (near && geometry ? distanceMetres(near, middleOf(geometry)) : 0);
    const features = [...found].sort((a, b) => metres(a) - metres(b)).slice(0, limit);
    return { ...all, features, number_matched: found.length, number_returned: features.length };
  }
}
