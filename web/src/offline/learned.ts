/** What the server took over is known from then on, even if the network goes before its lists are asked for again. */
import type { Place } from '../api/types';
import { device } from '../app/device';
import type { Kept } from '../lib/device/table';
import type { Outcome } from './deliver';
import { partsWithWaiting, placeOfNew, withWaiting, type Waiting } from './items';
import { partsName } from './parts';
import { placesName } from './places';

export async function learn(item: Waiting, outcome: Outcome & { kind: 'done' }): Promise<void> {
  const { community, participant, kind, place } = item;
  if (kind === 'add' || kind === 'change' || kind === 'delete') {
    await rewrite<{ places: Place[] }>(placesName(community, participant), (known) => ({
      ...known,
      places: withWaiting(known.places.filter(({ id }) => id !== outcome.place), [item]).map(({ waiting: _sent, ...one }) => ({ ...one, id: one.id === placeOfNew(item.id) ? outcome.place ?? one.id : one.id })),
    }));
  } else {
    const part = kind.startsWith('photo') ? 'photo' : 'diary';
    await rewrite<{ id: string }[]>(partsName(part, community, participant, place), (known) => {
      const others = known.filter(({ id }) => id !== outcome.part?.id);
      const left = partsWithWaiting(others, [item], part).flatMap(({ part: one, waiting }) => (waiting?.kind.endsWith('delete') ? [] : [one]));
      return outcome.part ? [...left, outcome.part] : left;
    });
  }
}

/** Nothing is learned where nothing is known yet, or nothing can be kept: the server is asked again anyway. */
async function rewrite<T>(name: string, change: (known: T) => T): Promise<void> {
  const vault = await device();
  const known = await vault.get<T>(name).catch(() => undefined);
  if (known) await vault.put(name, change(known) as Kept).catch(() => undefined);
}
