import { useMemo } from 'preact/hooks';
import { openCommunity } from '../../app/community';
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
