import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Differences, HotspotClass, Hotspots, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { SelectField } from '../../components/SelectField';
import { formats, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
import { boundsOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { hotspotsOnMap } from '../../map/features';
import { AreaDrawing, type LookOf } from '../picture/AreaDrawing';
import { ClassMark } from '../picture/ClassMark';
import { areaLook, bandsOf, unitsOf, written } from '../picture/measures';
import { changeSentences, CHANGING, CLASSES, sharedSteps, type Changing } from './changes';
import { DifferenceTable } from './DifferenceTable';
import { LinkedMaps } from './LinkedMaps';
import { ChangeNotes, TakeComparison } from './Notes';

/** How a class is said of what changed: feelings are not more, they are better. */
export const changeWords = (name: HotspotClass, measure: Changing): string =>
  (measure === 'quality' ? compare.words.qualityClass : compare.words.className)[name];

/** What changed is drawn by its class alone. */
const ofClass: LookOf = (area) => ({ class: area.class, step: null });

interface Chosen {
  earlier: Release;
  later: Release;
  measure: Changing;
  units: Units;
}

/** Two dates of one measure. `releases` has at least two, the newest first. */
export function CompareReleases({ releases }: { releases: readonly Release[] }) {
  const words = compare.words;
  const { id } = openCommunity();
  const { query } = route.value;
  const known = (name: string) => releases.find((one) => one.id === query.get(name));
  const later = known('release') ?? releases[0];
  const before = releases.slice(later ? releases.indexOf(later) + 1 : 1);
  const earlier = before.find((one) => one.id === query.get('from')) ?? before[0];
  const inBoth = (measure: Changing) => unitsOf(later, measure).filter((unit) => unitsOf(earlier, measure).includes(unit));
  const measures = CHANGING.filter((name) => inBoth(name).length > 0);
  const measure = measures.find((name) => name === query.get('measure')) ?? 'concentration';
  const offered = inBoth(measure);
  const units = offered.find((name) => name === query.get('units')) ?? offered[0] ?? 'cells';
  const load = useLoad(async () => {
    if (!later || !earlier) return null;
    const [difference, then, now] = await Promise.all([
      api.difference(id, later.id, earlier.id, measure, units),
      api.hotspots(id, earlier.id, measure, units),
      api.hotspots(id, later.id, measure, units),
    ]);
    return { difference, then, now };
  }, [id, later?.id, earlier?.id, measure, units]);
  if (!later || !earlier) return <p class="notice">{words.one}</p>;
  const fits = load.value && load.value.difference.release === later.id && load.value.difference.from === earlier.id
    && load.value.difference.measure === measure && load.value.difference.units === units;
  const dates = (of: readonly Release[]) => of.map(({ id: name, made_at }) => [name, formats.value.date(made_at)] as const);
  return (
    <>
      <fieldset class="picture-controls compare-controls no-print">
        <legend class="visually-hidden">{words.controls}</legend>
        <SelectField label={messages.value.picture.measure} value={measure} options={measures.map((name) => [name, planner.words.measures[name]] as const)} onChange={(name) => setQuery({ measure: name })} />
        <SelectField label={messages.value.picture.units} value={units} options={offered.map((name) => [name, messages.value.picture.unit[name]] as const)} onChange={(name) => setQuery({ units: name })} />
        <SelectField label={words.earlier} value={earlier.id} options={dates(before)} onChange={(name) => setQuery({ from: name })} />
        <SelectField label={words.later} value={later.id} options={dates(releases.slice(0, -1))} onChange={(name) => setQuery({ release: name })} />
      </fieldset>
      <p class="small muted">{words.profileNot}</p>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {load.value && fits ? <Shown {...load.value} {...{ earlier, later, measure, units }} /> : load.reason === null && <Loading />}
    </>
  );
}

function Shown({ difference, then, now, earlier, later, measure, units }: Chosen & { difference: Differences; then: Hotspots; now: Hotspots }) {
  const words = compare.words;
  const [mapped, setMapped] = useState(false);
  const show = (value: number) => written(value, measure, formats.value);
  const steps = useMemo(() => sharedSteps([then.features, now.features], measure), [then, now, measure]);
  const look = useMemo((): LookOf => (area) => areaLook(area, measure, 'mean', steps), [measure, steps]);
  // Two releases may be of one day: which is which is said with the date.
  const dated = [['then', then, formats.value.date(earlier.made_at), words.earlier], ['now', now, formats.value.date(later.made_at), words.later]] as const;
  const named = units === 'neighbourhoods';
  const title = words.differenceOf(planner.words.measures[measure], dated[0][2], dated[1][2]);
  const maps = useMemo(() => [
    ...dated.map(([id, picture, date, which]) => ({ id, title: `${which}: ${words.onDate(date)}`, label: words.mapOf(`${which}, ${date}`), hotspots: hotspotsOnMap(picture, null, look) })),
    { id: 'difference', title: words.difference, label: words.mapOf(words.difference), hotspots: hotspotsOnMap(difference, null, ofClass) },
  ], [then, now, difference, steps, words]);
  const view = useMemo(() => boundsOf(difference.features.flatMap(({ geometry }) => geometry ?? [])), [difference]);
  return (
    <>
      <div class="sentences">
        {changeSentences(difference.features, measure, words, messages.value.picture.somewhere, formats.value).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <section class="stack-small" aria-labelledby="side-title">
        <h2 id="side-title">{words.sideBySide}</h2>
        <div class="side-by-side">
          {dated.map(([id, picture, date, which]) => (
            <figure key={id}>
              <figcaption>{which}: {words.onDate(date)}</figcaption>
              <AreaDrawing features={picture.features} label={`${planner.words.measures[measure]}. ${which}: ${words.onDate(date)}`} id={`stripes-${id}`} named={named} look={look} />
            </figure>
          ))}
        </div>
        <div class="legend">
          <h3>{words.scale[measure]}</h3>
          <ul class="plain-list legend-classes">
            {steps && bandsOf(steps).map(([from, to], band) => <li key={from}><ClassMark of="none" step={band} /> {planner.words.between(show(from), show(to))}</li>)}
            <li><ClassMark of="not_enough" /> {words.className.not_enough}</li>
          </ul>
          <p class="small muted">{words.sameScale} {planner.words.legendStepsOutline}</p>
        </div>
      </section>
      <section class="stack-small" aria-labelledby="difference-title">
        <h2 id="difference-title">{words.difference}</h2>
        <div class="picture-body">
          <div class="picture-side">
            <AreaDrawing features={difference.features} label={title} id="stripes-difference" named={named} look={ofClass} />
            <div class="legend">
              <h3>{messages.value.picture.legend}</h3>
              <ul class="plain-list legend-classes">
                {CLASSES.map((name) => <li key={name}><ClassMark of={name} /> {changeWords(name, measure)}</li>)}
              </ul>
              <p class="small muted">{words.legendOutline} {words.tested(formats.value.number(difference.n_tested))}</p>
            </div>
          </div>
          <DifferenceTable features={difference.features} measure={measure} units={units} />
        </div>
      </section>
      <p class="no-print"><button type="button" class="button" aria-expanded={mapped} onClick={() => setMapped(!mapped)}>{mapped ? words.hideMaps : words.maps}</button></p>
      {mapped && <LinkedMaps maps={maps} view={view} />}
      <ChangeNotes />
      <TakeComparison {...{ difference, earlier, later, measure, units }} />
    </>
  );
}
