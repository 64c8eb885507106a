import { api, Unreachable } from '../../../api/client';
import type { Named } from '../../../api/types';
import { offers } from '../../../app/community';
import { middleOf } from '../../../lib/geometry';
import { fitOf } from './namesLike';

/** As many as the server gives at once: supports are among them, and are shown from a list of their own. */
const ASKED = 20;

/** Streets, named places and parts of town by a word of their name; without a network the parts of town, which this device keeps. */
export async function knownNames(community: string, q: string, limit: number): Promise<Named[]> {
  if (!offers('names')) return [];
  try {
    const { results } = await api.gazetteer(community, q, ASKED);
    return results.filter(({ kind }) => kind !== 'support').slice(0, limit);
  } catch (reason) {
    // They are a help: the supports that are known stand without them.
    if (!(reason instanceof Unreachable)) return [];
    const { features } = await api.neighbourhoods(community).catch(() => ({ features: [] }));
    return features
      .map(({ geometry, properties: { name } }): Named & { fit: number } => ({ name, kind: 'neighbourhood', coordinates: middleOf(geometry), fit: fitOf(name, q) }))
      .filter(({ fit }) => fit > 0).sort((a, b) => b.fit - a.fit).slice(0, limit);
  }
}
