/** Opening a place to change it: as the person left it, or its newest version. */
import { api, isAway } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { me } from '../../app/session';
import { isNew, withWaiting, type Shown } from '../../offline/items';
import { settledAs, waiting } from '../../offline/outbox';
import { knownPlaces } from '../../offline/places';
import { aside, draft, draftOf, takeUp, type Draft } from './add/draft';

/** Its newest version, or without a network the one that this device knows; what waits to be sent comes first. */
async function draftFor(community: string, place: Shown): Promise<Draft> {
  const { waiting: unsent, ...known } = place;
  if (unsent) return draftOf(known, unsent.etag ?? '');
  try {
    const { body, etag } = await api.place(community, place.id);
    return draftOf(body, etag ?? '');
  } catch (reason) {
    const away = isAway(reason);
    if (!away) throw reason;
    return draftOf(known, '');
  }
}

/** Changes that were begun before the server named their place are found under its name. */
function named(one: Draft): Draft {
  const id = one.saved && settledAs.value.get(one.saved.id);
  return id && one.saved ? { ...one, saved: { ...one.saved, id, place: { ...one.saved.place, id } } } : one;
}

export async function editPlace(place: Shown): Promise<void> {
  const newest = await draftFor(openCommunity().id, place);
  draft.value = draft.value && named(draft.value);
  aside.value = aside.value.map(named);
  // Changes that were begun and not saved are still there; the server says if it was changed elsewhere since.
  takeUp(place.id, newest);
  navigate(here('share', 'add', 'check'));
}

/** What the server would not take, by the id of its place. */
export async function editAgain(id: string): Promise<void> {
  // A place that the server does not have is here as a whole.
  const known = isNew(id) ? [] : (await knownPlaces(openCommunity().id, me.value?.participant ?? '')).places;
  const place = withWaiting(known, waiting.value).find((one) => one.id === id);
  if (place) await editPlace(place);
}
