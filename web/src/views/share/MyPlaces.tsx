import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat, Place } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { boundsOf, middleOf } from '../../lib/geometry';
import { knownArea } from '../../lib/grid';
import { useLoad } from '../../lib/useLoad';
import { useWide } from '../../lib/useWide';
import { areasOnMap, placesOnMap, type KnownArea } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { startNewPlace } from './add/AddPlace';
import { draft, draftOf } from './add/draft';
import { deleteSoon, deletionProblem, leaving, undoDelete } from './deletions';
import { PlaceCard } from './PlaceCard';
import { SaidNotice } from './SaidNotice';

export function MyPlaces() {
  const words = messages.value;
  const { id } = openCommunity();
  const wide = useWide();
  const load = useLoad(() => api.places(id), [id]);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const places = useMemo(() => (load.value?.features ?? []).filter((place) => !gone.has(place.id)), [load.value, gone]);
  const staying = useMemo(() => places.filter((place) => !leaving.value.has(place.id)), [places, leaving.value]);
  const areas = useKnownAreas(staying);

  const edit = async (place: Place) => {
    setProblem(null);
    try {
      const { body, etag } = await api.place(id, place.id);
      draft.value = draftOf(body, etag ?? '');
      navigate(here('share', 'add', 'check'));
    } catch (reason) {
      setProblem(reason);
    }
  };
  const remove = (place: Place) => {
    deleteSoon(id, place, () => setGone((before) => new Set([...before, place.id])));
    announce(words.mine.removed(place.properties.name ?? words.mine.unnamed));
  };
  const choose = (placeId: string, onMap: boolean) => {
    setChosen(placeId);
    const place = places.find((one) => one.id === placeId);
    if (!place) return;
    if (onMap) requestAnimationFrame(() => document.getElementById(`place-${placeId}`)?.scrollIntoView({ block: 'nearest' }));
    else setFocus(middleOf(place.geometry));
  };

  const data = useMemo(() => ({ places: placesOnMap(staying, chosen), areas: areasOnMap(areas, chosen) }), [staying, areas, chosen]);
  const view = useMemo(() => boundsOf([...staying.map(({ geometry }) => geometry), ...areas.map(({ polygon }) => polygon)]), [areas]);
  const map = places.length > 0 && (
    <MapSlot listed={load.value !== null} label={words.map.mine} failed={words.map.failed} data={data} view={view} focus={focus}
      onChoose={(placeId) => choose(placeId, true)} caption={words.map.shapes} />
  );
  const reason = load.reason ?? problem ?? deletionProblem.value;
  return (
    <div class={places.length > 0 ? 'split' : 'narrow'}>
      <div class={places.length > 0 ? 'split-list' : 'stack'}>
        <SaidNotice />
        <div class="title-row">
          <PageTitle>{words.mine.title}</PageTitle>
          <a class="button-quiet" href={here('share', 'choices')}>{words.mine.choices}</a>
        </div>
        {reason !== null && <ProblemNotice reason={reason} retry={load.reason ? load.again : undefined} />}
        {!load.value && !load.reason && <Loading />}
        {load.value && places.length === 0 && <p class="lead">{words.mine.empty}</p>}
        <div class="row">
          <button type="button" class="button button-main" onClick={startNewPlace}>{words.mine.add}</button>
          {places.length > 0 && <span class="muted">{words.mine.count(staying.length, formats.value.number(staying.length))}</span>}
        </div>
        {!wide && map}
        <ul class="plain-list stack-small">
          {places.map((place) => leaving.value.has(place.id) ? (
            <li key={place.id} class="notice row leaving">
              <span>{words.mine.removed(place.properties.name ?? words.mine.unnamed)}</span>
              <button type="button" class="button" onClick={() => undoDelete(place.id)}>{words.undo}</button>
            </li>
          ) : (
            <PlaceCard key={place.id} place={place} chosen={place.id === chosen} choose={() => choose(place.id, false)}
              edit={() => void edit(place)} remove={() => remove(place)} />
          ))}
        </ul>
      </div>
      {wide && map}
    </div>
  );
}

/** The area that others know, for every place that is not exact. */
function useKnownAreas(places: readonly Place[]): KnownArea[] {
  const [areas, setAreas] = useState<KnownArea[]>([]);
  useEffect(() => {
    let current = true;
    const find = places.map(async ({ id, geometry, properties }) => {
      const polygon = geometry.type === 'Point' ? await knownArea(middleOf(geometry), properties.precision) : null;
      return polygon ? [{ id, polygon }] : [];
    });
    Promise.all(find).then((found) => current && setAreas(found.flat()), () => undefined);
    return () => {
      current = false;
    };
  }, [places]);
  return areas;
}
