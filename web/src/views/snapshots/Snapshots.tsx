import '../../styles/planner.css';
import '../../styles/compare.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { SnapshotNumbers } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { SelectField } from '../../components/SelectField';
import { SortHead } from '../../components/SortHead';
import { formats, language } from '../../i18n';
import { planner } from '../../i18n/planner';
import { snapshots } from '../../i18n/snapshots';
import { Legend } from '../../lib/drawing/Legend';
import { useLoad } from '../../lib/useLoad';
import { AreaDrawing, type LookOf } from '../picture/AreaDrawing';
import { notEnough, stepEntries } from '../picture/legend';
import { areaLook, numberSteps } from '../picture/measures';
import { COLUMNS, drawnAreas, sortedAreas, type Column, type Order } from './numbers';

const FILES = [['csv', 'CSV'], ['geojson', 'GeoJSON'], ['gpkg', 'GeoPackage']] as const;

/** /{community}/staff/snapshots: what the planners of a closed group see, never without its label. */
export function Snapshots() {
  const [ready, setReady] = useState(false);
  useEffect(() => void Promise.all([snapshots.open(), planner.open()]).then(() => setReady(true)), []);
  return ready ? <Chosen /> : <Loading />;
}

function Chosen() {
  const words = snapshots.words;
  const { id, publication_policy } = openCommunity();
  const list = useLoad(() => api.snapshots.list(id), [id]);
  const all = list.value?.snapshots ?? [];
  const chosen = all.find((one) => one.id === route.value.query.get('snapshot')) ?? all.find(({ recalled }) => !recalled) ?? all[0];
  const load = useLoad(() => (chosen && !chosen.recalled ? api.snapshots.one(id, chosen.id) : Promise.resolve(null)), [id, chosen?.id, chosen?.recalled?.at]);
  const reason = list.reason ?? load.reason;
  const { date } = formats.value;
  const closed = publication_policy.id === 'closed_group';
  return (
    <div class="picture stack">
      <p class="back-line"><a href={here('staff')}>{words.back}</a></p>
      <PageTitle>{words.title}</PageTitle>
      {reason !== null && <ProblemNotice reason={reason} retry={() => { list.again(); load.again(); }} />}
      {!list.value && reason === null && <Loading />}
      {list.value && !closed && <p class="notice">{words.others}</p>}
      {closed && (
        <>
          <p>{words.lead}</p>
          <div class="notice stack-small">
            <p><strong>{words.guarantee}</strong></p>
            <ul class="stack-small">{words.rules.map((text) => <li key={text}>{text}</li>)}</ul>
          </div>
        </>
      )}
      {list.value && closed && !chosen && <p>{words.none}</p>}
      {chosen && (
        <div class="picture-controls no-print">
          <SelectField label={words.which} value={chosen.id} onChange={(snapshot) => setQuery({ snapshot })}
            options={all.map(({ id: name, made_at, recalled }) => [name, recalled ? words.recalledOption(date(made_at)) : date(made_at)] as const)} />
        </div>
      )}
      {chosen?.recalled && <p class="notice">{words.recalled(date(chosen.recalled.at), chosen.recalled.reason)}</p>}
      {chosen?.on_demand && <p class="small muted">{words.onDemand}</p>}
      {chosen && load.value?.snapshot.id === chosen.id && <Numbers numbers={load.value} />}
    </div>
  );
}

function Numbers({ numbers }: { numbers: SnapshotNumbers }) {
  const words = snapshots.words;
  const { id } = openCommunity();
  const { number, date } = formats.value;
  const { snapshot, people, features } = numbers;
  const shown = features.flatMap(({ properties }) => (properties.value === null ? [] : properties));
  const most = shown.reduce<(typeof shown)[number] | null>((found, area) => ((area.value ?? 0) > (found?.value ?? 0) ? area : found), null);
  const areas = useMemo(() => drawnAreas(features), [features]);
  const steps = useMemo(() => numberSteps([areas], 'concentration'), [areas]);
  const look = useMemo((): LookOf => (area) => areaLook(area, 'concentration', 'mean', steps), [steps]);
  const named = snapshot.units === 'neighbourhoods';
  const sentences = [
    words.shown(number(shown.length), number(features.length)),
    ...(people ? [words.all(number(people.value), number(people.low), number(people.high))] : []),
    ...(most ? [words.most(most.name ?? words.cell, number(most.low ?? 0), number(most.high ?? 0))] : []),
  ];
  return (
    <>
      <div class="sentences">{sentences.map((text) => <p key={text}>{text}</p>)}</div>
      <p class="print-only small">{words.guarantee}. {date(snapshot.made_at)}</p>
      <div class="picture-body">
        <div class="picture-side">
          <figure class="snapshot-drawing">
            <AreaDrawing features={areas} label={`${words.drawing}. ${words.guarantee}.`} id="stripes-snapshot" named={named} look={look} />
            <figcaption class="small">{words.drawing}. <strong>{words.guarantee}.</strong></figcaption>
          </figure>
          <Legend title={words.legend} legend={{ entries: [...(steps ? stepEntries(steps, (from, to) => words.between(number(from), number(to))) : []), notEnough(words.notShown)], notes: [] }} />
        </div>
        <AreaTable numbers={numbers} />
      </div>
      <section class="stack-small no-print" aria-labelledby="take-title">
        <h2 id="take-title">{words.take}</h2>
        <p class="small muted">{words.takeLead}</p>
        <ul class="chips plain-list">
          {FILES.map(([format, label]) => <li key={format}><a class="button button-small" download href={api.snapshots.file(id, snapshot.id, format)}>{label}</a></li>)}
          <li><button type="button" class="button button-small" onClick={() => print()}>{words.print}</button></li>
        </ul>
      </section>
    </>
  );
}

function AreaTable({ numbers: { features, snapshot } }: { numbers: SnapshotNumbers }) {
  const words = snapshots.words;
  const { number } = formats.value;
  const [order, setOrder] = useState<Order>({ column: 'name', down: false });
  const sortBy = (column: Column) => setOrder({ column, down: order.column === column && !order.down });
  return (
    <div class="stack-small">
      <h2 id="table-title">{words.tableTitle}</h2>
      <p class="small muted">{words.tableCaption(number(features.length))} <strong>{words.guarantee}.</strong></p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => <SortHead key={column} column={column} words={words.column[column]} order={order} sortBy={sortBy} figures={column !== 'name'} />)}
            </tr>
          </thead>
          <tbody>
            {sortedAreas(features, order, language.value).map(({ unit, name, value, low, high }) => (
              <tr key={unit}>
                <th scope="row" class="plain-head">{name ?? words.cell}{snapshot.units === 'cells' && <span class="unit"> {unit.replace(/f+$/, '').slice(-4)}</span>}</th>
                <td class="figures">{value === null ? words.hidden : number(value)}</td>
                <td class="figures">{low === null || high === null ? '–' : words.range(number(low), number(high))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
