import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { LonLat, Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { boundsOf, middleOf } from '../../lib/geometry';
import { useWide } from '../../lib/useWide';
import { MapSlot } from '../../map/MapSlot';
import { supportsOnMap } from '../../map/features';
import { FilterPanel } from './FilterPanel';
import { filtersOf, queryOf, type Filters } from './filters';
import { pointOf, type Origin } from './origin';
import { OriginPicker } from './OriginPicker';
import { shortlist } from './shortlist';
import { SupportList } from './SupportList';
import { useSupports } from './useSupports';

/** A pause in typing that is long enough to mean "look now". */
const TYPING_PAUSE_MS = 250;

export function FindView() {
  const words = messages.value;
  const community = openCommunity();
  const { id, counts } = community;
  const wide = useWide();
  const filters = filtersOf(route.value.query);
  const [origin, setOrigin] = useState<Origin>({ kind: 'all' });
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const [mapCentre, setMapCentre] = useState<LonLat | null>(null);
  const { found, reason, again, more } = useSupports(community, filters, pointOf(origin));
  const supports = found?.supports;
  const kept = shortlist(id).length;

  useEffect(() => {
    if (found) announce(words.find.count(found.matched, formats.value.number(found.matched)));
  }, [found?.matched, found?.supports]);

  const data = useCallback(() => ({ supports: supportsOnMap(supports ?? [], chosen) }), [supports, chosen]);
  const view = useMemo(() => {
    const near = pointOf(origin);
    // Around a point, the nearest dozen is what the person wants to see; otherwise everything listed.
    const shown = near ? (supports ?? []).slice(0, 12) : (supports ?? []);
    return boundsOf([...shown.flatMap(({ geometry }) => geometry ?? []), ...(near ? [{ type: 'Point' as const, coordinates: near }] : [])]);
  }, [supports]);

  const chooseInList = (support: Support) => {
    const again = support.id === chosen;
    setChosen(again ? null : support.id);
    const [lon, lat] = support.geometry?.coordinates ?? [];
    if (!again && lon !== undefined && lat !== undefined) setFocus([lon, lat]);
  };
  const chooseOnMap = (supportId: string) => {
    setChosen(supportId);
    requestAnimationFrame(() => document.getElementById(`support-${supportId}`)?.scrollIntoView({ block: 'nearest' }));
    announce(supports?.find((one) => one.id === supportId)?.properties.name ?? '');
  };

  const map = (
    <MapSlot listed={found !== null} label={words.map.supports} failed={words.map.failed} data={data} view={view} focus={focus}
      onChoose={chooseOnMap} onMove={setMapCentre} onReady={(ready) => setMapCentre(ready.centre())} />
  );
  return (
    <div class="split">
      <div class="split-list">
        <PageTitle>{words.find.title}</PageTitle>
        <OriginPicker origin={origin} setOrigin={setOrigin} mapCentre={mapCentre} />
        <WordsField filters={filters} />
        <FilterPanel filters={filters} facets={found?.facets ?? null} measured={pointOf(origin) !== null} />
        {kept > 0 && <p class="kept-link"><a href={here('find', 'list')}>{words.find.keptCount(kept, formats.value.number(kept))}</a></p>}
        {reason !== null && <ProblemNotice reason={reason} retry={again} />}
        {!wide && map}
        {counts.supports === 0
          ? <p class="notice">{words.find.noSupports}</p>
          : <SupportList found={found} chosen={chosen} choose={chooseInList} showMore={more} measured={pointOf(origin) !== null}
              searchNear={(support, name) => {
                if (!support.geometry) return;
                setOrigin({ kind: 'support', id: support.id, name, point: middleOf(support.geometry) });
                window.scrollTo(0, 0);
              }} />}
      </div>
      {wide && map}
    </div>
  );
}

/** The typed word reaches the address, and so the search, after a pause. */
function WordsField({ filters }: { filters: Filters }) {
  const [typed, setTyped] = useState(filters.q);
  useEffect(() => setTyped(filters.q), [filters.q]);
  useEffect(() => {
    if (typed === filters.q) return undefined;
    const timer = setTimeout(() => setQuery(queryOf({ ...filters, q: typed })), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return <Field label={messages.value.find.words} type="search" value={typed} onInput={setTyped} />;
}
