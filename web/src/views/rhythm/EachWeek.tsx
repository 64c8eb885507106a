import type { Rhythm } from '../../api/types';
import { formats } from '../../i18n';
import { accessWords } from '../../i18n/access';
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
        {weeks.map((week) => {
          const unknown = Math.max(0, ...week.unknown);
          return (
            <li key={week.id}>
              <svg viewBox={`-1 -1 ${24 * CELL + 2} ${7 * CELL + 2}`} aria-hidden="true">
                {runs(week.open, week.supports).map(({ row, from, length, shade }) => (
                  <rect key={`${row}-${from}`} class={`fill-step-${shade}`} x={from * CELL} y={row * CELL} width={length * CELL} height={CELL} />
                ))}
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

/** Hours next to each other in one shade are drawn as one. */
export function runs(open: readonly number[], supports: number): { row: number; from: number; length: number; shade: number }[] {
  const found: { row: number; from: number; length: number; shade: number }[] = [];
  open.forEach((count, hour) => {
    const [row, from, shade] = [Math.floor(hour / 24), hour % 24, shadeOf(count, supports)];
    const last = found.at(-1);
    if (last && last.row === row && last.shade === shade) last.length += 1;
    else found.push({ row, from, length: 1, shade });
  });
  return found;
}
