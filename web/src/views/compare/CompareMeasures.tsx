import { useMemo } from 'preact/hooks';
import { api } from '../../api/client';
import type { Hotspots, Release } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { CopyLink } from '../../components/CopyLink';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { SelectField } from '../../components/SelectField';
import { formats, language, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { LegendList } from '../../lib/drawing/Legend';
import { SavePng } from '../../lib/drawing/SavePng';
import type { Drawing, LegendWords } from '../../lib/drawing/sheet';
import { useLoad } from '../../lib/useLoad';
import { areasDrawn } from '../picture/AreaDrawing';
import { legendOf } from '../picture/legend';
import { areaLook, askedAs, numberSteps, written } from '../picture/measures';
import { madeLines } from '../picture/pictureSheet';
import { measuresSheet } from './compareSheet';
import { highest, PAIRABLE, pairsOf, type Pair, type Pairable, type Spread } from './pairs';
import { Scatter } from './Scatter';

/** Two measures of one date, by neighbourhood. */
export function CompareMeasures({ releases }: { releases: readonly Release[] }) {
  const words = compare.words;
  const { id } = openCommunity();
  const { query } = route.value;
  const release = releases.find((one) => one.id === query.get('release')) ?? releases[0];
  const known = (name: string, usual: Pairable) => PAIRABLE.find((measure) => measure === query.get(name)) ?? usual;
  const one = known('measure', 'relative');
  const wanted = known('other', 'quality');
  const other = wanted === one ? (one === 'quality' ? 'relative' : 'quality') : wanted;
  const load = useLoad(async () => {
    if (!release || release.neighbourhoods === 0) return null;
    const [first, second] = await Promise.all([one, other].map((measure) => api.hotspots(id, release.id, askedAs(measure), 'neighbourhoods')));
    return first && second ? { first, second } : null;
  }, [id, release?.id, one, other]);
  if (!release || release.neighbourhoods === 0) return <p class="notice">{words.fewUnits}</p>;
  const fits = load.value && load.value.first.release === release.id && load.value.first.measure === askedAs(one) && load.value.second.measure === askedAs(other);
  const options = (not: Pairable | null) => PAIRABLE.filter((measure) => measure !== not).map((measure) => [measure, planner.words.measures[measure]] as const);
  return (
    <>
      <fieldset class="picture-controls compare-controls no-print">
        <legend class="visually-hidden">{words.controls}</legend>
        <SelectField label={messages.value.picture.measure} value={one} options={options(null)} onChange={(measure) => setQuery({ measure })} />
        <SelectField label={words.other} value={other} options={options(one)} onChange={(measure) => setQuery({ other: measure })} />
        <SelectField label={messages.value.picture.release} value={release.id} options={releases.map(({ id: name, made_at }) => [name, formats.value.date(made_at)] as const)} onChange={(name) => setQuery({ release: name })} />
      </fieldset>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {load.value && fits ? <Shown {...load.value} measures={[one, other]} release={release} /> : load.reason === null && <Loading />}
    </>
  );
}

function Shown({ first, second, measures, release }: { first: Hotspots; second: Hotspots; measures: readonly [Pairable, Pairable]; release: Release }) {
  const words = compare.words;
  const { number } = formats.value;
  const pairs = useMemo(() => pairsOf(first.features, second.features, measures, language.value), [first, second, measures[0], measures[1], language.value]);
  const picture = messages.value.picture;
  const { id, title, attribution } = openCommunity();
  const shown = useMemo(() => ([0, 1] as const).map((at) => {
    const [measure, { features }] = [measures[at], at === 0 ? first : second];
    // Where people mapped most has no steps in its own picture; beside another measure it is drawn by its number, too.
    const steps = numberSteps([features], measure);
    return { measure, drawing: areasDrawn(features, (area) => areaLook(area, measure, 'mean', steps), true), legend: legendOf(measure, steps, picture, planner.words, formats.value), name: planner.words.measures[measure] };
  }), [first, second, measures[0], measures[1], language.value]);
  const write = (at: 0 | 1) => (value: number) => written(value, measures[at], formats.value);
  const both = pairs.filter(({ one, other }) => one && other).length;
  const most = (at: 0 | 1): string[] => {
    const found = highest(pairs, at === 0 ? 'one' : 'other');
    const spread = found?.[at === 0 ? 'one' : 'other'];
    return found && spread ? [words.pairHighest(planner.words.measures[measures[at]], found.name, write(at)(spread.value))] : [];
  };
  const sentences = [words.pairs(number(both), number(pairs.length)), ...most(0), ...most(1)];
  const sheet = () => {
    const drawn = shown.flatMap(({ drawing, ...one }) => (drawing ? [{ ...one, drawing }] : []));
    return drawn.length < shown.length ? null : measuresSheet({
      community: { id, title, attribution: attribution ?? null }, release, shown: drawn, sentences,
      words: { compare: words, picture, plan: planner.words, report: reportWords.words }, formats: formats.value,
    });
  };
  return (
    <>
      <div class="sentences">
        {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <p class="small muted">{words.pairNot}</p>
      <p class="print-only small">{[...madeLines(release, planner.words, reportWords.words, formats.value), attribution ?? ''].join(' ')}</p>
      <div class="side-by-side">
        {shown.map((one) => <OwnScale key={one.measure} {...one} />)}
      </div>
      <section class="stack-small" aria-labelledby="together-title">
        <h2 id="together-title">{words.together}</h2>
        <Scatter pairs={pairs} label={words.scatter(planner.words.measures[measures[0]], planner.words.measures[measures[1]], number(both))} axes={[planner.words.measures[measures[0]], planner.words.measures[measures[1]]]} written={[write(0), write(1)]} />
      </section>
      <PairTable pairs={pairs} names={[planner.words.measures[measures[0]], planner.words.measures[measures[1]]]} written={[write(0), write(1)]} />
      <section class="stack-small no-print" aria-labelledby="take-title">
        <h2 id="take-title">{words.take}</h2>
        <p class="small muted">{planner.words.takeLead}</p>
        <ul class="chips plain-list">
          <li><SavePng sheet={sheet} /></li>
          <li><button type="button" class="button button-small" onClick={() => print()}>{planner.words.print}</button></li>
        </ul>
        <CopyLink pinned={{ of: 'measures', release: release.id, measure: measures[0], other: measures[1] }} />
      </section>
    </>
  );
}

function OwnScale({ measure, drawing, legend: { entries, notes }, name }: { measure: Pairable; drawing: Drawing | null; legend: LegendWords; name: string }) {
  return (
    <figure>
      <figcaption>{name}</figcaption>
      {drawing && <DrawnSvg drawing={drawing} label={name} id={`stripes-${measure}`} />}
      <div class="legend">
        <LegendList entries={entries} label={`${messages.value.picture.legend}: ${name}`} />
        <p class="small muted">{notes.join(' ')}</p>
      </div>
    </figure>
  );
}

interface PairTableProps {
  pairs: readonly Pair[];
  names: readonly [string, string];
  written: readonly [(value: number) => string, (value: number) => string];
}

/** The numbers of both drawings and of the points, by name. */
function PairTable({ pairs, names, written: write }: PairTableProps) {
  const words = compare.words;
  const picture = messages.value.picture;
  const cells = (spread: Spread | null, show: (value: number) => string) => (
    <>
      <td class="figures">{spread ? show(spread.value) : picture.tooFew}</td>
      <td class="figures">{spread && spread.high > spread.low ? picture.between(show(spread.low), show(spread.high)) : '–'}</td>
    </>
  );
  return (
    <section class="stack-small">
      <h2 id="pairs-title">{words.tableTitle}</h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="pairs-title">
        <table>
          <thead>
            <tr>
              <th scope="col" class="plain-head">{words.column.name}</th>
              {names.map((name) => [<th key={name} scope="col" class="plain-head figures">{name}</th>, <th key={`${name}-range`} scope="col" class="plain-head figures">{words.column.interval}</th>])}
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ unit, name, one, other }) => (
              <tr key={unit}><th scope="row" class="plain-head">{name}</th>{cells(one, write[0])}{cells(other, write[1])}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
