import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { boundsOf, middleOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { accessOnMap, plannedOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { PictureRooms } from '../picture/PictureRooms';
import { AccessLegend } from './AccessLegend';
import { AccessTable } from './AccessTable';
import { changes, MINUTES, planOf, queryOf, type Plan } from './plan';
import { rowsOf, stepOf } from './rows';
import { accessSentences } from './sentences';
import { WhatIfForm } from './WhatIfForm';

/** How people reach support on foot, and what closing or opening some would change. From public data alone. */
export function AccessView() {
  const words = messages.value.access;
  const { id, title, vocabulary } = openCommunity();
  const plan = planOf(route.value.query);
  const change = (part: Partial<Plan>) => setQuery(queryOf({ ...plan, ...part }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const [mapCentre, setMapCentre] = useState<LonLat | null>(null);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const access = useLoad(() => api.access(id, plan.kind, plan.minutes), [id, plan.kind, plan.minutes]);
  const asked = JSON.stringify(plan);
  const whatIf = useLoad(() => (changes(plan) ? api.whatIf(id, plan) : Promise.resolve(null)), [id, asked]);

  const rows = useMemo(() => (access.value ? rowsOf(access.value, whatIf.value) : null), [access.value, whatIf.value]);
  const data = useMemo(
    () => ({ access: accessOnMap(areas.value, new Map((rows ?? []).map((row) => [row.id, stepOf(row.share)])), chosen), supports: plannedOnMap(plan.open, plan.kind) }),
    [areas.value, rows, chosen, asked],
  );
  const view = useMemo(() => boundsOf((areas.value?.features ?? []).map(({ geometry }) => geometry)), [areas.value]);
  const choose = (area: string, onMap: boolean) => {
    setChosen(area === chosen && !onMap ? null : area);
    const shape = areas.value?.features.find((one) => one.id === area);
    if (!shape) return;
    announce(shape.properties.name);
    if (onMap) requestAnimationFrame(() => document.getElementById(`area-${area}`)?.scrollIntoView({ block: 'nearest' }));
    else setFocus(middleOf(shape.geometry));
  };
  const failed = [access, areas, whatIf].find(({ reason }) => reason !== null);
  const kind = vocabulary.categories.find((category) => category.id === plan.kind);
  const nothing = areas.value?.features.length === 0;

  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      <fieldset class="picture-controls">
        <legend class="visually-hidden">{words.controls}</legend>
        <div class="field">
          <label for="access-kind">{words.kind}</label>
          <select id="access-kind" value={plan.kind} onChange={(event) => change({ kind: event.currentTarget.value, close: [] })}>
            <option value="">{words.anyKind}</option>
            {vocabulary.categories.map((category) => <option key={category.id} value={category.id}>{inLanguage(category.labels, category.id)}</option>)}
          </select>
        </div>
        <div class="field">
          <label for="access-minutes">{words.minutes}</label>
          <select id="access-minutes" value={String(plan.minutes)} onChange={(event) => change({ minutes: Number(event.currentTarget.value) })}>
            {MINUTES.map((minutes) => <option key={minutes} value={String(minutes)}>{words.minutesWalk(formats.value.number(minutes))}</option>)}
          </select>
        </div>
      </fieldset>
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {nothing && <p class="notice">{words.noAreas}</p>}
      {rows && access.value && !nothing ? (
        <>
          <div class="sentences" aria-live="polite">
            {accessSentences(access.value, whatIf.value, inLanguage(kind?.labels, words.anyKind), words, formats.value).map((sentence) => <p key={sentence}>{sentence}</p>)}
          </div>
          <div class="picture-body">
            <div class="picture-side">
              <MapSlot listed label={words.mapName} failed={messages.value.map.failedTable} data={data} view={view} focus={focus} focusZoom={0}
                onChoose={(area) => choose(area, true)} onMove={setMapCentre} onReady={(map) => setMapCentre(map.centre())} />
              <AccessLegend />
            </div>
            <AccessTable rows={rows} changed={whatIf.value !== null} chosen={chosen} choose={(area) => choose(area, false)} />
          </div>
          <WhatIfForm plan={plan} change={change} mapCentre={mapCentre} />
          <p class="small muted">{words.walking}</p>
        </>
      ) : !failed && !nothing && <Loading />}
    </div>
  );
}
