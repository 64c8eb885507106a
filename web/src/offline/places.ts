/** The person's places: from the server, or as this device last knew them. */
import { api, isAway } from '../api/client';
import type { Place } from '../api/types';
import { device } from '../app/device';
import type { Kept } from '../lib/device/table';

export interface KnownPlaces {
  places: Place[];
  /** When this device learned them, if the server could not be asked now. */
  from: string | null;
}

export const placesName = (community: string, participant: string): string => `places:${community}:${participant}`;

export async function knownPlaces(community: string, participant: string): Promise<KnownPlaces> {
  const vault = await device();
  const name = placesName(community, participant);
  try {
    const { features } = await api.places(community);
    const kept = { places: features, from: new Date().toISOString() };
    await vault.put(name, kept as unknown as Kept).catch(() => undefined);
    return { places: features, from: null };
  } catch (reason) {
    const away = isAway(reason);
    const kept = away ? await vault.get<{ places: Place[]; from: string }>(name).catch(() => undefined) : undefined;
    if (!kept) throw reason;
    return kept;
  }
}
