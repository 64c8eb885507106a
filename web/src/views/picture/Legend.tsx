import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { ClassMark } from './ClassMark';
import { bandsOf, written, type Measure, type Steps } from './measures';
import { CLASSES } from './sorting';

/** One legend for the map and the table, in words. Values have steps; where participants mapped most has classes alone. */
export function Legend({ measure, steps }: { measure: Measure; steps: Steps | null }) {
  const words = messages.value.picture;
  const plan = planner.words;
  const show = (value: number) => written(value, measure, formats.value);
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{words.legend}</h2>
      {measure === 'concentration' ? (
        <>
          <ul class="plain-list legend-classes">
            {CLASSES.map((name) => <li key={name}><ClassMark of={name} /> {words.className[name]}</li>)}
          </ul>
          <p class="small muted">{words.legendOutline} {words.legendHatch}</p>
        </>
      ) : (
        <>
          <ul class="plain-list legend-classes">
            {steps && bandsOf(steps).map(([from, to], step) => <li key={from}><ClassMark of="none" step={step} /> {plan.between(show(from), show(to))}</li>)}
            <li><ClassMark of="not_enough" /> {words.className.not_enough}</li>
          </ul>
          <p class="small muted">
            {plan.legendSteps} {measure === 'opportunity' ? '' : `${plan.legendStepsOutline} ${words.legendHatch}`}
          </p>
        </>
      )}
    </section>
  );
}
