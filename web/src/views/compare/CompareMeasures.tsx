import { useMemo } from 'preact/hooks';
import { api } from '../../api/client';
import type { Hotspots, Release } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { SelectField } from '../../components/SelectField';
import { formats, language, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
import { useLoad } from '../../lib/useLoad';
import { AreaDrawing, type LookOf } from '../picture/AreaDrawing';
import { ClassMark } from '../picture/ClassMark';
import { areaLook, askedAs, bandsOf, stepsOf, written } from '../picture/measures';
import { sharedSteps } from './changes';
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
      {load.value && fits ? <Shown {...load.value} measures={[one, other]} /> : load.reason === null && <Loading />}
    </>
  );
}

function Shown({ first, second, measures }: { first: Hotspots; second: Hotspots; measures: readonly [Pairable, Pairable] }) {
  const words = compare.words;
  const { number } = formats.value;
  const pairs = useMemo(() => pairsOf(first.features, second.features, measures, language.value), [first, second, measures[0], measures[1], language.value]);
  const shown = ([0, 1] as const).map((at) => ({ measure: measures[at], picture: at === 0 ? first : second, name: planner.words.measures[measures[at]] }));
  const write = (at: 0 | 1) => (value: number) => written(value, measures[at], formats.value);
  const both = pairs.filter(({ one, other }) => one && other).length;
  const most = (at: 0 | 1): string[] => {
    const found = highest(pairs, at === 0 ? 'one' : 'other');
    const spread = found?.[at === 0 ? 'one' : 'other'];
    return found && spread ? [words.pairHighest(planner.words.measures[measures[at]], found.name, write(at)(spread.value))] : [];
  };
  return (
    <>
      <div class="sentences">
        {[words.pairs(number(both), number(pairs.length)), ...most(0), ...most(1)].map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <p class="small muted">{words.pairNot}</p>
      <div class="side-by-side">
        {shown.map(({ measure, picture, name }) => <OwnScale key={measure} {...{ measure, picture, name }} />)}
      </div>
      <section class="stack-small" aria-labelledby="together-title">
        <h2 id="together-title">{words.together}</h2>
        <Scatter pairs={pairs} label={words.scatter(planner.words.measures[measures[0]], planner.words.measures[measures[1]], number(both))} axes={[planner.words.measures[measures[0]], planner.words.measures[measures[1]]]} written={[write(0), write(1)]} />
      </section>
      <PairTable pairs={pairs} names={[planner.words.measures[measures[0]], planner.words.measures[measures[1]]]} written={[write(0), write(1)]} />
    </>
  );
}

function OwnScale({ measure, picture, name }: { measure: Pairable; picture: Hotspots; name: string }) {
  // Where people mapped most has no steps in its own picture; beside another measure it is drawn by its number, too.
  const steps = useMemo(() => (measure === 'concentration' ? sharedSteps([picture.features], measure) : stepsOf(picture.features, measure, 'mean')), [picture, measure]);
  const look = useMemo((): LookOf => (area) => areaLook(area, measure, 'mean', steps), [measure, steps]);
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <AreaDrawing features={picture.features} label={name} id={`stripes-${measure}`} named look={look} />
      <div class="legend">
        <ul class="plain-list legend-classes" aria-label={`${messages.value.picture.legend}: ${name}`}>
          {steps && bandsOf(steps).map(([from, to], band) => <li key={from}><ClassMark of="none" step={band} /> {planner.words.between(written(from, measure, formats.value), written(to, measure, formats.value))}</li>)}
          <li><ClassMark of="not_enough" /> {messages.value.picture.className.not_enough}</li>
        </ul>
        {measure !== 'opportunity' && <p class="small muted">{planner.words.legendStepsOutline} {messages.value.picture.legendHatch}</p>}
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
              {names.map((name) => [<th key={name} scope="col" class="plain-head">{name}</th>, <th key={`${name}-range`} scope="col" class="plain-head">{words.column.interval}</th>])}
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
