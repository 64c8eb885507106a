import type { Purpose, Purposes } from '../../api/types';

/** In the order in which they are asked: from few readers to many. */
export const PURPOSES: readonly Purpose[] = ['research', 'published_maps', 'public_story'];

export const onlyPurposes = ({ research, published_maps, public_story }: Purposes): Purposes => ({ research, published_maps, public_story });

export const NOTHING_SHARED: Purposes = { research: false, published_maps: false, public_story: false };
