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
import { saveFile } from '../../lib/drawing/save';
import type { Drawing, LegendWords } from '../../lib/drawing/sheet';
import { useLoad } from '../../lib/useLoad';
import { areasDrawn } from '../picture/AreaDrawing';
import { legendOf } from '../picture/legend';
import { areaLook, askedAs, numberSteps, written } from '../picture/measures';
import { madeLines } from '../picture/pictureSheet';
import { measuresSheet } from './compareSheet';
import { measureSentence, PAIRABLE, pairsOf, type Pairable } from './pairs';
import { PairTable } from './PairTable';
import { pairsCsv } from './pairRows';
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
    const [measure, { features, n_tested }] = [measures[at], at === 0 ? first : second];
    // Where people mapped most has no steps in its own picture; beside another measure it is drawn by its number, too.
    const steps = numberSteps([features], measure);
    return { measure, steps, tested: measure === 'opportunity' ? null : n_tested, drawing: areasDrawn(features, (area) => areaLook(area, measure, 'mean', steps), true), legend: legendOf(measure, steps, picture, planner.words, formats.value), name: planner.words.measures[measure] };
  }), [first, second, measures[0], measures[1], language.value]);
  const told = (at: 0 | 1) => {
    const [measure, name] = [measures[at], planner.words.measures[measures[at]]];
    return { measure, name, steps: shown[at]?.steps ?? null, written: (value: number) => written(value, measure, formats.value) };
  };
  const [one, other] = [told(0), told(1)];
  const both = pairs.filter(({ one, other }) => one && other).length;
  const said = { picture, plan: planner.words };
  const sentences = [words.pairs(number(both), number(pairs.length)), ...measureSentence(first.features, measures[0], said, formats.value), ...measureSentence(second.features, measures[1], said, formats.value)];
  const saveTable = () => saveFile(pairsCsv(pairs, measures, {
    units: 'neighbourhoods', ...Object.fromEntries(shown.flatMap(({ measure, tested }) => (tested === null ? [] : [[`${measure}_n_tested`, String(tested)]]))), release: release.id, made_at: release.made_at, policy: release.policy, promise: release.guarantee, attribution: attribution ?? '',
  }), 'text/csv', `stead-${id}-${measures.join('-')}-${release.made_at.slice(0, 10)}.csv`);
  const sheet = () => {
    const drawn = shown.flatMap(({ drawing, ...own }) => (drawing ? [{ ...own, drawing }] : []));
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
        {shown.map((own) => <OwnScale key={own.measure} {...own} />)}
      </div>
      <section class="stack-small" aria-labelledby="together-title">
        <h2 id="together-title">{words.together}</h2>
        <Scatter pairs={pairs} label={words.scatter(one.name, other.name, number(both))} axes={[one.name, other.name]} written={[one.written, other.written]} />
      </section>
      <PairTable pairs={pairs} told={[one, other]} />
      <section class="stack-small no-print" aria-labelledby="take-title">
        <h2 id="take-title">{words.take}</h2>
        <p class="small muted">{planner.words.takeLead}</p>
        <ul class="chips plain-list">
          <li><SavePng sheet={sheet} /></li>
          <li><button type="button" class="button button-small" onClick={saveTable}>{words.takeTable}</button></li>
          <li><button type="button" class="button button-small" onClick={() => print()}>{planner.words.print}</button></li>
        </ul>
        <CopyLink pinned={{ of: 'measures', release: release.id, measure: measures[0], other: measures[1] }} />
      </section>
    </>
  );
}

function OwnScale({ measure, drawing, legend: { entries, notes }, name, tested }: { measure: Pairable; drawing: Drawing | null; legend: LegendWords; name: string; tested: number | null }) {
  return (
    <figure>
      <figcaption>{name}</figcaption>
      {drawing && <DrawnSvg drawing={drawing} label={name} id={`stripes-${measure}`} />}
      <div class="legend">
        <LegendList entries={entries} label={`${messages.value.picture.legend}: ${name}`} />
        <p class="small muted">{notes.join(' ')} {tested !== null && reportWords.words.tested(formats.value.number(tested))}</p>
      </div>
    </figure>
  );
}
