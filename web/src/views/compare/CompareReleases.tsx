import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Differences, Hotspots, Release, Units } from '../../api/types';
import { openCommunity } from '../../app/community';
import { route, setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { ProblemNotice } from '../../components/ProblemNotice';
import { SelectField } from '../../components/SelectField';
import { formats, messages } from '../../i18n';
import { compare } from '../../i18n/compare';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { DrawnSvg } from '../../lib/drawing/DrawnSvg';
import { Legend } from '../../lib/drawing/Legend';
import { boundsOf } from '../../lib/geometry';
import { useLoad } from '../../lib/useLoad';
import { hotspotsOnMap } from '../../map/features';
import { areasDrawn, type LookOf } from '../picture/AreaDrawing';
import { areaLook, measureOf, numberSteps, unitsOf } from '../picture/measures';
import { changeSentences, CHANGING, type Changing } from './changes';
import { bothMade, changeLegend, dateLegend, datesSheet } from './compareSheet';
import { DifferenceTable } from './DifferenceTable';
import { LinkedMaps } from './LinkedMaps';
import { ChangeNotes, TakeComparison } from './Notes';

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
  const measure = measureOf(measures, query, 'concentration');
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
        <SelectField label={messages.value.picture.units} value={units} options={offered.map((name) => [name, messages.value.picture.unit[name]] as const)} onChange={(name) => setQuery({ measure, units: name })} />
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
  const { id, title: town, attribution } = openCommunity();
  const steps = useMemo(() => numberSteps([then.features, now.features], measure), [then, now, measure]);
  const look = useMemo((): LookOf => (area) => areaLook(area, measure, 'mean', steps), [measure, steps]);
  // Two releases may be of one day: which is which is said with the date.
  const dated = [['then', then, formats.value.date(earlier.made_at), words.earlier], ['now', now, formats.value.date(later.made_at), words.later]] as const;
  const named = units === 'neighbourhoods';
  const title = words.differenceOf(planner.words.measures[measure], dated[0][2], dated[1][2]);
  const maps = useMemo(() => [
    ...dated.map(([id, picture, date, which]) => ({ id, title: `${which}: ${words.onDate(date)}`, label: words.mapOf(`${which}, ${date}`), hotspots: hotspotsOnMap(picture, null, look) })),
    { id: 'difference', title: words.difference, label: words.mapOf(words.difference), hotspots: hotspotsOnMap(difference, null, ofClass) },
  ], [then, now, difference, steps, words]);
  const drawn = useMemo(() => ({
    then: areasDrawn(then.features, look, named), now: areasDrawn(now.features, look, named), difference: areasDrawn(difference.features, ofClass, named),
  }), [then, now, difference, look, named]);
  const sentences = changeSentences(difference.features, measure, words, messages.value.picture.somewhere, formats.value);
  const said = { compare: words, picture: messages.value.picture, plan: planner.words, report: reportWords.words };
  const sheet = () => drawn.then && drawn.now && drawn.difference && datesSheet({
    community: { id, title: town, attribution: difference.attribution ?? attribution ?? null }, measure, units, earlier, later, steps, tested: difference.n_tested,
    then: drawn.then, now: drawn.now, difference: drawn.difference, sentences, words: said, formats: formats.value,
  });
  const view = useMemo(() => boundsOf(difference.features.flatMap(({ geometry }) => geometry ?? [])), [difference]);
  return (
    <>
      <div class="sentences">
        {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <p class="print-only small">{[...bothMade(earlier, later, said, formats.value), difference.attribution ?? attribution ?? ''].join(' ')}</p>
      <section class="stack-small" aria-labelledby="side-title">
        <h2 id="side-title">{words.sideBySide}</h2>
        <div class="side-by-side">
          {dated.map(([of, , date, which]) => {
            const drawing = drawn[of];
            return (
              <figure key={of}>
                <figcaption>{which}: {words.onDate(date)}</figcaption>
                {drawing && <DrawnSvg drawing={drawing} label={`${planner.words.measures[measure]}. ${which}: ${words.onDate(date)}`} id={`stripes-${of}`} />}
              </figure>
            );
          })}
        </div>
        <Legend level={3} title={words.scale[measure]} legend={dateLegend(measure, steps, said, formats.value)} />
      </section>
      <section class="stack-small" aria-labelledby="difference-title">
        <h2 id="difference-title">{words.difference}</h2>
        <div class="change-drawing">
          {drawn.difference && <DrawnSvg drawing={drawn.difference} label={title} id="stripes-difference" />}
          <Legend level={3} title={messages.value.picture.legend} legend={changeLegend(measure, difference.n_tested, words, formats.value)} />
        </div>
        <DifferenceTable features={difference.features} measure={measure} units={units} />
      </section>
      <p class="no-print"><button type="button" class="button" aria-expanded={mapped} onClick={() => setMapped(!mapped)}>{mapped ? words.hideMaps : words.maps}</button></p>
      {mapped && <LinkedMaps maps={maps} view={view} />}
      <ChangeNotes />
      <TakeComparison {...{ difference, earlier, later, measure, units, sheet }} />
    </>
  );
}
