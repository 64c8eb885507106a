import type { Neighbourhood } from '../../api/types';
import { accessWords } from '../../i18n/access';
import { ReachDrawing } from './ReachDrawing';
import { withoutPlan, type PlacedSupport } from './reach';
import { stepsOf, type AccessRow } from './rows';

interface BeforeAfterProps {
  areas: readonly Neighbourhood[];
  rows: readonly AccessRow[];
  supports: readonly PlacedSupport[];
  chosen: string | null;
}

/** The same area twice, in the same shades: as it is, and with the plan. */
export function BeforeAfter({ areas, rows, supports, chosen }: BeforeAfterProps) {
  const words = accessWords.words;
  return (
    <section class="stack-small" aria-labelledby="before-after-title">
      <h2 id="before-after-title">{words.beforeAfter}</h2>
      <p class="small muted">{words.beforeAfterLead}</p>
      <div class="before-after">
        <figure>
          <figcaption>{words.before}</figcaption>
          <ReachDrawing areas={areas} steps={stepsOf(rows, true)} supports={withoutPlan(supports)} chosen={chosen} label={words.before} id="reach-before" />
        </figure>
        <figure>
          <figcaption>{words.after}</figcaption>
          <ReachDrawing areas={areas} steps={stepsOf(rows)} supports={supports} chosen={chosen} label={words.after} id="reach-after" />
        </figure>
      </div>
    </section>
  );
}
