/** The photos and diary entries of a place: from the server, or as this device last knew them. */
import { isAway } from '../api/client';
import { device } from '../app/device';
import type { Kept } from '../lib/device/table';

/** Begins with what they are, the community and the person, so that they go with the person. */
export const partsName = (kind: 'photo' | 'diary', community: string, participant: string, place: string): string => `${kind}:${community}:${participant}:${place}`;

export async function partsOf<T>(name: string, ask: () => Promise<T[]>): Promise<T[]> {
  const vault = await device();
  try {
    const parts = await ask();
    await vault.put(name, parts as unknown as Kept).catch(() => undefined);
    return parts;
  } catch (reason) {
    const away = isAway(reason);
    const kept = away ? await vault.get<T[]>(name).catch(() => undefined) : undefined;
    if (!kept) throw reason;
    return kept;
  }
}
