import '../../styles/planner.css';
import '../../styles/access.css';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import { countedBody, type Counted } from '../../api/counting';
import type { Rhythm, SupportForm } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Choice } from '../../components/Choice';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import { boundsOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { supportsOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { TYPES } from '../access/plan';
import { TakeHome } from '../access/TakeHome';
import { PictureRooms } from '../picture/PictureRooms';
import { EachWeek } from './EachWeek';
import { clockOf, DAY_NAMES, extremes, hourOf, HOURS, localHour, PRESETS, type Preset } from './hours';
import { rhythmCsv, rhythmShapes } from './files';
import { WeekPicture } from './WeekPicture';
import { weekSheet } from './weekSheet';

const EMPTY: Rhythm = { week: '', supports: 0, open: [], unknown: [] };
/** A list that can be read; the rest is one press away. */
const FIRST = 12;

/** When something is open, hour by hour of this week, and what. From the public directory alone. */
export function RhythmView() {
  const words = planner.words.rhythm;
  const more = accessWords.words.rhythm;
  const { days } = messages.value.find;
  const { number } = formats.value;
  const { id, title, time_zone, vocabulary, bounds, attribution } = openCommunity();
  const { query } = route.value;
  const hour = hourOf(query.get('hour'));
  const kind = query.get('kind') ?? '';
  const support = TYPES.find((name) => name === query.get('support')) ?? null;
  const area = query.get('area') ?? '';
  const counted: Counted = {
    kind, support, form: vocabulary.forms.find(({ id: form }) => form === query.get('form'))?.id as SupportForm | undefined ?? null,
    free: query.get('free') === 'true', low: query.get('low') === 'true',
  };
  const asked = JSON.stringify(countedBody(counted));
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const weeks = useLoad(async () => ({ asked, found: await api.rhythm(id, counted) }), [id, asked]);
  const rhythm = weeks.value?.found ?? null;
  const monday = rhythm?.week ?? null;
  // The server knows the community's clocks; to ask the browser for them takes a slow phone longer than everything else here.
  const at = monday && time_zone ? localHour(monday, hour) : null;
  const open = useLoad(
    () => at ? api.supports(id, { limit: 1000, ...countedBody({ ...counted, openAt: at }), ...(area ? { neighbourhood: [area] } : {}) }) : Promise.resolve(null),
    [id, at, asked, area],
  );
  const found = open.value?.features ?? [];
  const data = useCallback(() => ({ supports: supportsOnMap(found, chosen) }), [open.value, chosen]);
  const view = useMemo(() => (areas.value ? boundsOf(areas.value.features.map(({ geometry }) => geometry)) : bounds ?? null), [areas.value]);
  const failed = [weeks, areas, open].find(({ reason }) => reason !== null);
  const said = (of: number) => words.at(days[DAY_NAMES[Math.floor(of / 24)] ?? 'Mo'], clockOf(of));
  const choose = (next: number) => setQuery({ hour: String((next + HOURS) % HOURS) });
  const shown = all ? found : found.slice(0, FIRST);
  // The week that is looked at: of everything, or of one neighbourhood.
  const week: Pick<Rhythm, 'open' | 'unknown' | 'supports'> | null =
    rhythm && ((area && rhythm.neighbourhoods?.find((one) => one.id === area)) || rhythm);
  const where = areas.value?.features.find((one) => one.id === area)?.properties.name;

  const sentences = week ? [
    words.count(said(hour), number(week.open[hour] ?? 0), number(week.supports), where ?? title),
    words.extremes(said(extremes(week.open).most), number(Math.max(...week.open)), number(extremes(week.open).none)),
    words.unknown(number(week.unknown[hour] ?? 0)),
  ] : [];
  const named = (list: readonly { id: string; labels: Parameters<typeof inLanguage>[0] }[], of: string) => inLanguage(list.find(({ id: one }) => one === of)?.labels, of);
  const counts = [
    kind ? named(vocabulary.categories, kind) : counted.form ? null : words.anyKind, counted.form && named(vocabulary.forms, counted.form),
    support && planner.words.kinds[support], counted.free && more.free, counted.low && more.low,
  ].filter(Boolean).join(' · ');

  const today = new Date().toISOString();
  const about = { asked, week: rhythm?.week ?? '', made_at: today, attribution: attribution ?? '', address: location.href };

  const sheet = () => week && rhythm && weekSheet({
    community: { id, title, attribution: attribution ?? null }, where: where ?? title, asked: counts, day: today, monday: rhythm.week, week, hour, said: said(hour), sentences,
    words: { all: messages.value, plan: planner.words, access: accessWords.words }, formats: formats.value,
  });

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
        <div class="field">
          <label for="rhythm-form">{more.form}</label>
          <select id="rhythm-form" value={counted.form ?? ''} onChange={(event) => setQuery({ form: event.currentTarget.value })}>
            <option value="">{more.anyForm}</option>
            {vocabulary.forms.map(({ id: form, labels }) => <option key={form} value={form}>{inLanguage(labels, form)}</option>)}
          </select>
        </div>
        <Choice type="checkbox" name="free" checked={counted.free} onChange={(free) => setQuery({ free: free ? 'true' : null })} title={more.free} />
        <Choice type="checkbox" name="low" checked={counted.low} onChange={(low) => setQuery({ low: low ? 'true' : null })} title={more.low} hint={accessWords.words.lowWhy} />
      </fieldset>
      {failed && <ProblemNotice reason={failed.reason} retry={failed.again} />}
      {!time_zone && <p class="notice">{words.noClock}</p>}
      {rhythm && week ? (
        <>
          <div class="sentences" aria-live="polite">
            {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
          </div>
          <p class="print-only small">{accessWords.words.printed(formats.value.date(today))} {attribution ?? ''}</p>
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
              <WeekPicture rhythm={week} hour={hour} choose={choose} />
            </section>
            <section class="stack-small" aria-labelledby="open-title">
              <h2 id="open-title">{words.open(said(hour))}</h2>
              <p class="small muted" role="status">{open.value ? words.known(number(open.value.number_matched)) : ''}</p>
              <ul class="plain-list open-list">
                {shown.map(({ id: one, properties: { name, category, address } }) => {
                  const what = named(vocabulary.categories, category);
                  return <li key={one}><a href={here('find', one)}>{name ?? messages.value.find.unnamed(what)}</a> <span class="small muted">{[what, address].filter(Boolean).join(' · ')}</span></li>;
                })}
              </ul>
              {found.length > FIRST && <button type="button" class="button no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? messages.value.picture.showFew : words.showAll(number(found.length))}</button>}
              <MapSlot listed label={words.mapName} failed={messages.value.map.failed} data={data} view={view} onChoose={setChosen} />
            </section>
          </div>
          {rhythm.neighbourhoods && rhythm.neighbourhoods.length > 0 && (
            <EachWeek weeks={rhythm.neighbourhoods} hour={hour} chosen={area} said={said} choose={(next) => setQuery({ area: next })} />
          )}
          <p class="small muted">{words.note(formats.value.date(rhythm.week))}</p>
          {/* Nothing leaves the page that says one question and shows the answer to another. */}
          {weeks.value?.asked === asked && <TakeHome what="rhythm" day={today.slice(0, 10)} sheet={sheet} packaged={api.package.rhythm(id, counted)} table={() => rhythmCsv(rhythm ?? EMPTY, title, about)}
            shapes={() => rhythmShapes(rhythm ?? EMPTY, areas.value ?? { type: 'FeatureCollection', features: [] }, about)} />}
        </>
      ) : !failed && <Loading />}
    </div>
  );
}
