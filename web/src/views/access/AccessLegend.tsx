import { formats, messages } from '../../i18n';
import { STEPS } from './rows';

/** Five shades in words. */
export function AccessLegend() {
  const words = messages.value.access;
  const percent = (share: number) => formats.value.number(100 * share);
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{words.legend}</h2>
      <ul class="plain-list legend-classes">
        {STEPS.map((from, step) => (
          <li key={from}><ReachMark step={step} /> {words.band(percent(from), percent(STEPS[step + 1] ?? 1))}</li>
        ))}
      </ul>
    </section>
  );
}

export function ReachMark({ step }: { step: number }) {
  return <span class={`class-mark reach-${step}`} aria-hidden="true" />;
}
