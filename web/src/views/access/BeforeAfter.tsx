import type { Neighbourhood } from '../../api/types';
import { accessWords } from '../../i18n/access';
import { ReachDrawing, type DrawnSupport } from './ReachDrawing';
import { stepsOf, type AccessRow } from './rows';

interface BeforeAfterProps {
  areas: readonly Neighbourhood[];
  rows: readonly AccessRow[];
  supports: readonly DrawnSupport[];
  chosen: string | null;
}

/** The same area twice, in the same shades: as it is, and with the plan. */
export function BeforeAfter({ areas, rows, supports, chosen }: BeforeAfterProps) {
  const words = accessWords.words;
  const now = supports.filter(({ state }) => state !== 'opening').map((one) => ({ ...one, state: 'counts' as const }));
  return (
    <section class="stack-small" aria-labelledby="before-after-title">
      <h2 id="before-after-title">{words.beforeAfter}</h2>
      <p class="small muted">{words.beforeAfterLead}</p>
      <div class="before-after">
        <figure>
          <figcaption>{words.before}</figcaption>
          <ReachDrawing areas={areas} steps={stepsOf(rows, true)} supports={now} chosen={chosen} label={words.before} />
        </figure>
        <figure>
          <figcaption>{words.after}</figcaption>
          <ReachDrawing areas={areas} steps={stepsOf(rows)} supports={supports} chosen={chosen} label={words.after} />
        </figure>
      </div>
    </section>
  );
}
