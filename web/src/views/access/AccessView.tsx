import '../../styles/planner.css';
import '../../styles/access.css';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { countedBody, type Counted } from '../../api/counting';
import type { LonLat, Neighbourhood, Opened } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import { boundsOf, holds, middleOf } from '../../lib/geometry';
import { FoldedDrawing } from '../../lib/drawing/FoldedDrawing';
import { Legend } from '../../lib/drawing/Legend';
import { useLoad } from '../../lib/useLoad';
import { accessOnMap, plannedOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { PictureRooms } from '../picture/PictureRooms';
import { clockOf, DAY_NAMES, instantOfHour } from '../rhythm/hours';
import { AccessControls } from './AccessControls';
import { AccessTable } from './AccessTable';
import { BeforeAfter } from './BeforeAfter';
import type { Openable } from './OpeningForm';
import { PickedSpot, type Picked } from './PickedSpot';
import { changes, MOST, queryOf, readPlan, toggled, type Plan } from './plan';
import { accessLegend, accessSheet, reachDrawing, withoutPlan, type PlacedSupport } from './reach';
import { ReachDrawing } from './ReachDrawing';
import { RelativeNote } from './RelativeNote';
import { rowsOf, stepsOf } from './rows';
import { accessSentences, planNotes } from './sentences';
import { TakeHome } from './TakeHome';
import { accessCsv, accessShapes } from './files';
import { TypeTable } from './TypeTable';
import { WhatIfForm } from './WhatIfForm';

/** As many supports as are drawn. */
const DRAWN = 1000;
const NO_AREAS: readonly Neighbourhood[] = [];

/** How people reach support on foot, and what closing or opening some would change. From public data alone. */
export function AccessView() {
  const words = accessWords.words;
  const { id, title, vocabulary, time_zone, attribution } = openCommunity();
  const { plan, unreadable } = readPlan(route.value.query);
  const openAt = useMemo(() => instantOfHour(plan.hour, time_zone, new Date()), [plan.hour, time_zone]);
  const counted: Counted = { ...plan, openAt };
  const asked = JSON.stringify([countedBody(counted), plan.minutes]);
  const planned = JSON.stringify([asked, plan.close, plan.open]);
  const [would, setWould] = useState<Openable | null>(null);
  const [picked, setPicked] = useState<string | LonLat | null>(null);
  const [focus, setFocus] = useState<LonLat | null>(null);
  const [mapCentre, setMapCentre] = useState<LonLat | null>(null);

  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const reach = useLoad(async () => ({ asked, found: await api.access(id, counted, plan.minutes) }), [id, asked]);
  const access = reach.value?.found ?? null;
  const supports = useLoad(() => api.supports(id, { limit: DRAWN, ...countedBody(counted) }), [id, asked]);
  const change = (part: Partial<Plan>) => setQuery(queryOf({ ...plan, close: plan.close.filter((one) => !answer?.gone.includes(one)), ...part }));
  const proposed = { ...plan, open: plan.open.map(openedOf) };
  const whatIf = useLoad(async () => (changes(plan) ? { planned, found: await api.whatIf(id, counted, proposed) } : null), [id, planned]);
  // While the next answer is on its way the last one stays, but no answer stays for no plan.
  const answer = changes(plan) ? (whatIf.value?.found ?? null) : null;

  const rows = useMemo(() => (access ? rowsOf(access, answer) : null), [access, answer]);
  const named = (support: string) => {
    const known = supports.value?.features.find((one) => one.id === support)?.properties;
    return known?.name ?? messages.value.find.unnamed(kindOf(known?.category ?? ''));
  };
  const kindOf = (category: string) => inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category || words.anyKind);
  const drawn = useMemo((): PlacedSupport[] => [
    ...(supports.value?.features ?? []).flatMap(({ id: support, geometry }): PlacedSupport[] =>
      geometry ? [{ id: support, at: middleOf(geometry), state: plan.close.includes(support) ? 'closing' : 'counts' }] : []),
    ...plan.open.map(({ at }, index): PlacedSupport => ({ id: `open-${index}`, at, state: 'opening' })),
  ], [supports.value, planned]);
  const data = useCallback(() => ({
    access: accessOnMap(areas.value, rows ? stepsOf(rows) : new Map(), plan.area),
    supports: plannedOnMap(supports.value?.features ?? [], plan.close, plan.open, typeof picked === 'string' ? picked : null),
  }), [areas.value, rows, supports.value, plan.area, planned, picked]);
  const view = useMemo(() => boundsOf((areas.value?.features ?? []).map(({ geometry }) => geometry)), [areas.value]);

  const areaAt = (point: LonLat) => areas.value?.features.find(({ geometry }) => holds(geometry, point));
  const choose = (area: string) => {
    change({ area: area === plan.area ? null : area });
    const shape = areas.value?.features.find((one) => one.id === area);
    if (!shape) return;
    announce(shape.properties.name);
    setFocus(middleOf(shape.geometry));
  };
  const pick = (pressed: string, at: LonLat | null) => {
    const area = areas.value?.features.find((one) => one.id === pressed);
    if (pressed.startsWith('open-')) return;
    setPicked(area && at ? at : pressed);
    announce(area ? area.properties.name : named(pressed));
    if (area) change({ area: area.id });
  };
  const toggle = (support: string) => {
    const closes = !plan.close.includes(support);
    if (closes && plan.close.length >= MOST) return;
    change({ close: toggled(plan.close, support) });
    announce(closes ? words.wouldClose(named(support)) : words.staysOpen(named(support)));
    setPicked(null);
  };
  const opening = would ?? { kind: plan.kind || vocabulary.categories.find(({ id: kind }) => kind === plan.form)?.id || vocabulary.categories[0]?.id || '', free: true, hours: null };
  const open = (at: LonLat) => {
    if (plan.open.length >= MOST) return;
    change({ open: [...plan.open, { ...opening, form: plan.form, at }] });
    announce(words.wouldOpen(kindOf(opening.kind)));
    setPicked(null);
  };
  const spot: Picked | null = picked === null ? null : typeof picked === 'string'
    ? { support: picked, name: named(picked), closing: plan.close.includes(picked) }
    : { spot: picked, area: areaAt(picked)?.properties.name ?? null };

  const failed = [reach, areas, supports, whatIf].find(({ reason }) => reason !== null);
  const nothing = areas.value?.features.length === 0;
  const at = plan.hour === null ? null : words.at(messages.value.find.days[DAY_NAMES[Math.floor(plan.hour / 24)] ?? 'Mo'], clockOf(plan.hour));
  const what = [
    plan.kind ? kindOf(plan.kind) : plan.form ? null : words.anyKind,
    plan.form && inLanguage(vocabulary.forms.find((one) => one.id === plan.form)?.labels, plan.form),
    plan.support && planner.words.kinds[plan.support],
    plan.free && words.free, plan.low && words.low,
  ].filter(Boolean).join(' · ');
  // The sentences of before stay until both answers are of what is asked now: words and numbers never of two questions.
  const said = useRef<string[]>([]);
  const whole = reach.value?.asked === asked && (!changes(plan) || whatIf.value?.planned === planned);
  if (access && whole) {
    said.current = accessSentences(access, answer, what, words, formats.value, at);
  }
  const today = new Date().toISOString();
  const about = {
    asked: JSON.stringify({ ...countedBody(counted), minutes: plan.minutes, close: plan.close, open: plan.open }), made_at: today,
    method: 'straight line x 1.3 at 4.8 km/h', attribution: attribution ?? '', address: location.href,
  };
  const parts = { areas: areas.value?.features ?? NO_AREAS, steps: useMemo(() => stepsOf(rows ?? []), [rows]), supports: drawn, chosen: plan.area };
  const packaged = changes(plan) ? () => api.whatIfPackage(id, counted, proposed) : api.package.access(id, counted, plan.minutes);
  const sheet = () => {
    const after = answer && reachDrawing(parts);
    const now = reachDrawing(answer && rows ? { ...parts, steps: stepsOf(rows, true), supports: withoutPlan(drawn) } : parts);
    return now && accessSheet({
      community: { id, title, attribution: attribution ?? null }, asked: [what, at, words.minutesWalk(formats.value.number(plan.minutes))].filter(Boolean).join(' · '), day: today,
      now: now.drawing, after: after?.drawing ?? null, sentences: said.current, words, formats: formats.value,
    });
  };

  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      <AccessControls plan={plan} change={change} />
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {nothing && <p class="notice">{words.noAreas}</p>}
      {rows && access && !nothing ? (
        <>
          <div class="sentences" aria-live="polite">
            {said.current.map((sentence) => <p key={sentence}>{sentence}</p>)}
          </div>
          {planNotes(answer, unreadable, plan.hour !== null, words, formats.value).map((note) => <p key={note} class="notice">{note}</p>)}
          <p class="print-only small">{words.printed(formats.value.date(today))} {attribution ?? ''}</p>
          <div class="picture-body">
            <div class="picture-side">
              <MapSlot listed label={words.mapName} failed={messages.value.map.failedTable} data={data} view={view} focus={focus} focusZoom={0} caption={words.mapHelp}
                onChoose={pick} onPoint={setPicked} onMove={setMapCentre} onReady={(map) => setMapCentre(map.centre())} />
              {spot && <PickedSpot picked={spot} toggle={toggle} open={() => typeof picked !== 'string' && picked && open(picked)} leave={() => setPicked(null)} />}
              <FoldedDrawing title={words.drawn} onPaper={!answer} draw={(where) => where === 'screen'
                ? <ReachDrawing {...parts} label={words.drawing} id="reach-screen" onSupport={(support) => pick(support, null)} onPoint={setPicked} />
                : <ReachDrawing {...parts} label={words.drawing} id="reach-paper" />} />
              <Legend title={words.legend} legend={accessLegend(answer !== null, words, formats.value)} />
            </div>
            <AccessTable rows={rows} changed={answer !== null} chosen={plan.area} choose={choose} relative={access.catchment != null} />
          </div>
          {answer && <BeforeAfter areas={areas.value?.features ?? []} rows={rows} supports={drawn} chosen={plan.area} />}
          {answer && <TypeTable types={answer.types} />}
          <WhatIfForm plan={plan} counted={counted} whatIf={answer} change={change} would={opening} setWould={setWould} open={open} mapCentre={mapCentre} />
          <RelativeNote catchment={access.catchment ?? null} />
          <p class="small muted">{words.walking}</p>
          {/* Nothing leaves the page that says one question and shows the answer to another. */}
          {whole && <TakeHome what="access" day={today.slice(0, 10)} sheet={sheet} packaged={packaged} table={() => accessCsv(rows, about)} shapes={() => accessShapes(rows, areas.value ?? { type: 'FeatureCollection', features: [] }, about)} />}
        </>
      ) : !failed && !nothing && <Loading />}
    </div>
  );
}

const openedOf = ({ at, kind, form, free, hours }: Plan['open'][number]): Opened => ({
  type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties: { type: kind, free, ...(form ? { form } : {}), ...(hours ? { opening_hours: hours } : {}) },
});
