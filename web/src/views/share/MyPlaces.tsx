import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { LonLat, Place } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { mine } from '../../i18n/mine';
import { boundsOf, middleOf } from '../../lib/geometry';
import { knownCells } from '../../lib/grid';
import { useInParts } from '../../lib/useInParts';
import { useLoad } from '../../lib/useLoad';
import { withWaiting, type Shown } from '../../offline/items';
import { sent, waiting } from '../../offline/outbox';
import { knownPlaces } from '../../offline/places';
import { useWide } from '../../lib/useWide';
import { areasOnMap, placesOnMap, type KnownArea } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { startNewPlace } from './add/start';
import { announceDeletion, asIfStaying, deleteSoon, leaving } from './deletions';
import { editPlace } from './editPlace';
import { LeavingItem } from './LeavingItem';
import { OutboxNotice } from './OutboxNotice';
import { begun, BegunNotice } from './BegunNotice';
import { PlaceCard } from './PlaceCard';
import { SaidNotice } from './SaidNotice';

const NONE: readonly Place[] = [];
const NO_AREAS: KnownArea[] = [];

export function MyPlaces({ participant }: { participant: string }) {
  const words = messages.value;
  const { id } = openCommunity();
  const wide = useWide();
  const load = useLoad(() => knownPlaces(id, participant), [id, participant, sent.value]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  // Deletions that can still be undone stay in their place in the list; those on their way are gone from it.
  const places = useMemo(() => withWaiting(load.value?.places ?? [], asIfStaying(waiting.value)), [load.value, waiting.value, leaving.value]);
  const staying = useMemo(() => places.filter((place) => !leaving.value.has(place.id)), [places, leaving.value]);
  const drawn = useInParts(places.length, participant);
  // Areas take a package of their own to work out; most who open this page on a phone never ask for the map.
  const [mapped, setMapped] = useState(false);
  const areas = useKnownAreas(mapped ? staying : NONE);

  const edit = async (place: Shown) => {
    setProblem(null);
    try {
      await editPlace(place);
    } catch (reason) {
      setProblem(reason);
    }
  };
  const remove = (place: Shown) => {
    deleteSoon(place, words.mine.unnamed).catch(setProblem);
    announceDeletion(words.mine.removed(place.properties.name ?? words.mine.unnamed), mine.words.deleting);
  };
  const choose = (placeId: string, onMap: boolean) => {
    setChosen(placeId);
    const place = places.find((one) => one.id === placeId);
    if (!place) return;
    if (onMap) requestAnimationFrame(() => document.getElementById(`place-${placeId}`)?.scrollIntoView({ block: 'nearest' }));
    else setFocus(middleOf(place.geometry));
  };

  const data = useCallback(() => ({ places: placesOnMap(staying, chosen), areas: areasOnMap(areas, chosen) }), [staying, areas, chosen]);
  const view = useMemo(() => boundsOf([...staying.map(({ geometry }) => geometry), ...areas.map(({ polygon }) => polygon)]), [areas]);
  const map = places.length > 0 && (
    <MapSlot listed={load.value !== null} label={words.map.mine} failed={words.map.failed} data={data} view={view} focus={focus} onShown={() => setMapped(true)}
      onChoose={(placeId) => choose(placeId, true)} caption={words.map.shapes} />
  );
  const reason = load.reason ?? problem;
  // Until it is known, as if there were some: nothing jumps when they come.
  const alone = places.length === 0 && (load.value !== null || reason !== null);
  return (
    <div class={alone ? 'split split-alone' : 'split'}>
      <div class="split-list">
        <SaidNotice />
        <div class="title-row">
          <PageTitle>{words.mine.title}</PageTitle>
        </div>
        <nav class="mine-rooms" aria-label={mine.words.rooms.label}>
          <a href={here('share', 'network')}>{mine.words.network.title}</a>
          <a href={here('share', 'collage')}>{mine.words.collage.title}</a>
          <a href={here('share', 'choices')}>{words.mine.choices}</a>
          <a href={here('share', 'phone')}>{mine.words.phone.link}</a>
        </nav>
        {reason !== null && <ProblemNotice reason={reason} retry={load.reason ? load.again : undefined} />}
        <OutboxNotice />
        {load.value?.from && <p class="notice">{mine.words.outbox.fromPhone(formats.value.date(load.value.from))}</p>}
        {load.value && places.length === 0 && <p class="lead">{words.mine.empty}</p>}
        <BegunNotice />
        <div class="row">
          <button type="button" class="button button-main" onClick={startNewPlace}>{begun() ? mine.words.place.goOn : words.mine.add}</button>
          {places.length > 0 && <span class="muted">{words.mine.count(staying.length, formats.value.number(staying.length))}</span>}
        </div>
        {!load.value && !load.reason && <Loading />}
        {!wide && map}
        <ul class="plain-list stack-small">
          {places.filter((place, index) => index < drawn || place.id === chosen).map((place) => leaving.value.has(place.id) ? (
            <LeavingItem key={place.id} id={place.id}>{words.mine.removed(place.properties.name ?? words.mine.unnamed)} <span class="small muted">{mine.words.deleting}</span></LeavingItem>
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

/** The area that others know, for every place that is not exact; and walks and areas themselves. */
function useKnownAreas(places: readonly Place[]): KnownArea[] {
  const [areas, setAreas] = useState(NO_AREAS);
  useEffect(() => {
    let current = true;
    const find = places.map(async ({ id, geometry, properties }): Promise<KnownArea[]> => {
      const cells = await knownCells(geometry, properties.precision);
      const drawn = geometry.type === 'LineString' || geometry.type === 'Polygon' ? [geometry] : [];
      return [...(cells ?? []), ...drawn].map((polygon) => ({ id, polygon }));
    });
    Promise.all(find).then((found) => current && setAreas(found.length > 0 ? found.flat() : NO_AREAS), () => undefined);
    return () => {
      current = false;
    };
  }, [places]);
  return areas;
}
