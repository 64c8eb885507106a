import { useMemo } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { messages } from '../../i18n';
import { useLoad, type Load } from '../../lib/useLoad';
import { withWaiting, type Shown } from '../../offline/items';
import { sent, waiting } from '../../offline/outbox';
import { knownPlaces, type KnownPlaces } from '../../offline/places';

/** My places as I left them: what the server or this device knows, with everything that still waits to be sent. */
export function useMyPlaces(participant: string): { places: Shown[]; load: Load<KnownPlaces> } {
  const { id } = openCommunity();
  const load = useLoad(() => knownPlaces(id, participant), [id, participant, sent.value]);
  const places = useMemo(() => withWaiting(load.value?.places ?? [], waiting.value), [load.value, waiting.value]);
  return { places, load };
}

/** One of them, and what it is called: null until it is known whether it has a name. */
export function useMyPlace(participant: string, id: string): { place: Shown | undefined; name: string | null } {
  const { places, load } = useMyPlaces(participant);
  const place = places.find((one) => one.id === id);
  if (!place && load.value === null && load.reason === null) return { place, name: null };
  return { place, name: place?.properties.name ?? messages.value.mine.unnamed };
}
