import type { Rhythm } from '../../api/types';
import { formats } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { useInParts } from '../../lib/useInParts';
import { extremes, shadeOf } from './hours';

const CELL = 10;

interface EachWeekProps {
  weeks: NonNullable<Rhythm['neighbourhoods']>;
  hour: number;
  chosen: string;
  /** An hour of the week in words. */
  said: (hour: number) => string;
  choose: (area: string) => void;
}

/** A small week for each neighbourhood, in the same shades, each with its words. */
export function EachWeek({ weeks, hour, chosen, said, choose }: EachWeekProps) {
  const words = accessWords.words.rhythm;
  const { number } = formats.value;
  const drawn = useInParts(weeks.length, null);
  const summary = ({ name, supports, open }: EachWeekProps['weeks'][number]) => {
    if (supports === 0) return words.eachNone(name);
    const { most, none } = extremes(open);
    if (none === open.length) return words.eachNever(name, number(supports));
    return words.eachSays(name, number(supports), said(most), number(Math.max(...open)), number(none));
  };
  return (
    <section class="stack-small" aria-labelledby="each-title">
      <h2 id="each-title">{words.each}</h2>
      <p class="small muted">{words.eachLead}</p>
      <ul class="plain-list weeks">
        {weeks.slice(0, drawn).map((week) => {
          const unknown = Math.max(0, ...week.unknown);
          return (
            <li key={week.id}>
              <svg viewBox={`-1 -1 ${24 * CELL + 2} ${7 * CELL + 2}`} aria-hidden="true">
                {[...shades(week.open, week.supports)].map(([shade, d]) => <path key={shade} class={`fill-step-${shade}`} d={d} />)}
                <rect class="frame" x="0" y="0" width={24 * CELL} height={7 * CELL} />
                <rect class="frame at-hour" x={(hour % 24) * CELL} y={Math.floor(hour / 24) * CELL} width={CELL} height={CELL} />
              </svg>
              <p class="small">{summary(week)} {unknown > 0 && words.eachUnknown(number(unknown))}</p>
              <button type="button" class="button button-small no-print" aria-pressed={week.id === chosen} aria-label={`${words.show}: ${week.name}`} onClick={() => choose(week.id === chosen ? '' : week.id)}>{words.show}</button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The outline of each shade; hours next to each other are drawn as one. Few elements, as there is a week for every neighbourhood. */
export function shades(open: readonly number[], supports: number): Map<number, string> {
  const found = new Map<number, string>();
  for (let hour = 0, next = 0; hour < open.length; hour = next) {
    const shade = shadeOf(open[hour] ?? 0, supports);
    const midnight = hour - (hour % 24) + 24;
    for (next = hour + 1; next < midnight && next < open.length && shadeOf(open[next] ?? 0, supports) === shade;) next += 1;
    const length = (next - hour) * CELL;
    found.set(shade, `${found.get(shade) ?? ''}M${(hour % 24) * CELL} ${Math.floor(hour / 24) * CELL}h${length}v${CELL}h${-length}z`);
  }
  return found;
}
