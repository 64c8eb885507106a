import { formats } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { SupportMark } from './ReachDrawing';
import { STEPS } from './rows';

/** Five shades in words, and how supports are drawn. */
export function AccessLegend({ planned }: { planned: boolean }) {
  const words = accessWords.words;
  const percent = (share: number) => formats.value.number(100 * share);
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{words.legend}</h2>
      <ul class="plain-list legend-classes">
        {STEPS.map((from, step) => (
          <li key={from}><ReachMark step={step} /> {words.band(percent(from), percent(STEPS[step + 1] ?? 1))}</li>
        ))}
        <li><SupportMark state="counts" /> {words.legendCounts}</li>
        {planned && <li><SupportMark state="closing" /> {words.legendCloses}</li>}
        {planned && <li><SupportMark state="opening" /> {words.legendOpens}</li>}
      </ul>
    </section>
  );
}

export function ReachMark({ step }: { step: number }) {
  return <span class={`class-mark reach-${step}`} aria-hidden="true" />;
}
