import '../../styles/planner.css';
import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { SupportType } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { boundsOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { instantOf } from '../../lib/zone';
import { supportsOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { PictureRooms } from '../picture/PictureRooms';
import { clockOf, DAY_NAMES, extremes, hourOf, HOURS, localHour, PRESETS, type Preset } from './hours';
import { WeekPicture } from './WeekPicture';

const TYPES: readonly SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];
/** A list that can be read; the rest is one press away. */
const FIRST = 12;

/** When something is open, hour by hour of this week, and what. From the public directory alone. */
export function RhythmView() {
  const words = planner.words.rhythm;
  const { days } = messages.value.find;
  const { number } = formats.value;
  const { id, title, time_zone, vocabulary, bounds } = openCommunity();
  const { query } = route.value;
  const hour = hourOf(query.get('hour'));
  const kind = query.get('kind') ?? '';
  const support = TYPES.find((name) => name === query.get('support')) ?? null;
  const area = query.get('area') ?? '';
  const free = query.get('free') === 'true';
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const rhythm = useLoad(() => api.rhythm(id, { kind, support, area }), [id, kind, support, area]);
  const monday = rhythm.value?.week ?? null;
  const at = monday && time_zone ? instantOf(localHour(monday, hour), time_zone) : null;
  const open = useLoad(
    () => at ? api.supports(id, {
      limit: 1000, open_at: at, ...(kind ? { type: [kind] } : {}), ...(support ? { support: [support] } : {}),
      ...(area ? { neighbourhood: [area] } : {}), ...(free ? { free: true } : {}),
    }) : Promise.resolve(null),
    [id, at, kind, support, area, free],
  );
  const found = open.value?.features ?? [];
  const data = useMemo(() => ({ supports: supportsOnMap(found, chosen) }), [open.value, chosen]);
  const view = useMemo(() => (areas.value ? boundsOf(areas.value.features.map(({ geometry }) => geometry)) : bounds ?? null), [areas.value]);
  const failed = [rhythm, areas, open].find(({ reason }) => reason !== null);
  const said = (of: number) => words.at(days[DAY_NAMES[Math.floor(of / 24)] ?? 'Mo'], clockOf(of));
  const choose = (next: number) => setQuery({ hour: String((next + HOURS) % HOURS) });
  const shown = all ? found : found.slice(0, FIRST);
  const where = areas.value?.features.find((one) => one.id === area)?.properties.name;

  return (
    <div class="picture">
      <PageTitle>{words.title(title)}</PageTitle>
      <PictureRooms />
      <fieldset class="picture-controls no-print">
        <legend class="visually-hidden">{words.controls}</legend>
        <div class="field">
          <label for="rhythm-kind">{words.kind}</label>
          <select id="rhythm-kind" value={kind} onChange={(event) => setQuery({ kind: event.currentTarget.value })}>
            <option value="">{words.anyKind}</option>
            {vocabulary.categories.map((category) => <option key={category.id} value={category.id}>{inLanguage(category.labels, category.id)}</option>)}
          </select>
        </div>
        <div class="field">
          <label for="rhythm-support">{planner.words.kind}</label>
          <select id="rhythm-support" value={support ?? ''} onChange={(event) => setQuery({ support: event.currentTarget.value })}>
            <option value="">{words.anyType}</option>
            {TYPES.map((name) => <option key={name} value={name}>{planner.words.kinds[name]}</option>)}
          </select>
        </div>
        <div class="field">
          <label for="rhythm-area">{words.area}</label>
          <select id="rhythm-area" value={area} onChange={(event) => setQuery({ area: event.currentTarget.value })}>
            <option value="">{words.everywhere}</option>
            {(areas.value?.features ?? []).map((one) => <option key={one.id} value={one.id}>{one.properties.name}</option>)}
          </select>
        </div>
      </fieldset>
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {!time_zone && <p class="notice">{words.noClock}</p>}
      {rhythm.value ? (
        <>
          <div class="sentences" aria-live="polite">
            <p>{words.count(said(hour), number(rhythm.value.open[hour] ?? 0), number(rhythm.value.supports), where ?? title)}</p>
            <p>{words.extremes(said(extremes(rhythm.value.open).most), number(Math.max(...rhythm.value.open)), number(extremes(rhythm.value.open).none))}</p>
            <p>{words.unknown(number(rhythm.value.unknown[hour] ?? 0))}</p>
          </div>
          <div class="week-slider no-print">
            <label for="hour">{words.slider}</label>
            <div class="row">
              <button type="button" class="button" aria-label={words.earlier} onClick={() => choose(hour - 1)}>‹</button>
              <input id="hour" type="range" min="0" max={HOURS - 1} step="1" value={hour} aria-valuetext={said(hour)} onInput={(event) => choose(Number(event.currentTarget.value))} />
              <button type="button" class="button" aria-label={words.later} onClick={() => choose(hour + 1)}>›</button>
              <output for="hour">{said(hour)}</output>
            </div>
            <ul class="chips plain-list" aria-label={words.presets}>
              {(Object.keys(PRESETS) as Preset[]).map((name) => (
                <li key={name}><button type="button" class="button button-small" aria-pressed={PRESETS[name] === hour} onClick={() => choose(PRESETS[name])}>{words.preset[name]}</button></li>
              ))}
            </ul>
          </div>
          <div class="picture-body">
            <section class="picture-side" aria-labelledby="week-title">
              <h2 id="week-title">{words.week(where ?? title)}</h2>
              <WeekPicture rhythm={rhythm.value} hour={hour} choose={choose} />
            </section>
            <section class="stack-small" aria-labelledby="open-title">
              <h2 id="open-title">{words.open(said(hour))}</h2>
              <label class="row no-print only-free"><input type="checkbox" checked={free} onChange={(event) => setQuery({ free: event.currentTarget.checked ? 'true' : null })} /> {words.free}</label>
              <p class="small muted" role="status">{open.value ? words.known(number(open.value.number_matched)) : ''}</p>
              <ul class="plain-list open-list">
                {shown.map(({ id: one, properties: { name, category, address } }) => {
                  const named = inLanguage(vocabulary.categories.find((known) => known.id === category)?.labels, category);
                  return <li key={one}><a href={here('find', one)}>{name ?? messages.value.find.unnamed(named)}</a> <span class="small muted">{[named, address].filter(Boolean).join(' · ')}</span></li>;
                })}
              </ul>
              {found.length > FIRST && <button type="button" class="button no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? messages.value.picture.showFew : words.showAll(number(found.length))}</button>}
              <MapSlot listed label={words.mapName} failed={messages.value.map.failed} data={data} view={view} onChoose={setChosen} />
            </section>
          </div>
          <p class="small muted">{words.note(formats.value.date(rhythm.value.week))}</p>
        </>
      ) : !failed && <Loading />}
    </div>
  );
}
