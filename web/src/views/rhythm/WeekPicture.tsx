import { formats, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import type { Rhythm } from '../../api/types';
import { LegendList } from '../../lib/drawing/Legend';
import { DAY_NAMES, PARTS, rangeOf, shadeOf, type Part } from './hours';
import { weekLegend } from './weekSheet';

const CELL = 20;
const LEFT = 44;
const TOP = 4;

interface WeekPictureProps {
  rhythm: Pick<Rhythm, 'open' | 'supports'>;
  hour: number;
  choose: (hour: number) => void;
}

/** Seven rows of 24 hours, darker where more are open; the same by part of the day in a table. */
export function WeekPicture({ rhythm, hour, choose }: WeekPictureProps) {
  const { days } = messages.value.find;
  const words = planner.words.rhythm;
  const { number } = formats.value;
  const between = ([from, to]: [number, number]) => (from === to ? number(from) : planner.words.between(number(from), number(to)));
  return (
    <div class="stack-small">
      {/* The table below says the same; the slider above chooses the hour by keyboard. */}
      <svg class="week-hours" viewBox={`0 0 ${LEFT + 24 * CELL + 8} ${TOP + 7 * CELL + 22}`} aria-hidden="true">
        {DAY_NAMES.map((day, row) => (
          <g key={day}>
            <text x="0" y={TOP + row * CELL + 15}>{days[day]}</text>
            {Array.from({ length: 24 }, (_, column) => {
              const at = 24 * row + column;
              return (
                <rect key={column} class={`fill-step-${shadeOf(rhythm.open[at] ?? 0, rhythm.supports)}${at === hour ? ' is-hour' : ''}`} onClick={() => choose(at)}
                  x={LEFT + column * CELL + 1} y={TOP + row * CELL + 1} width={CELL - 2} height={CELL - 2} rx="2" />
              );
            })}
          </g>
        ))}
        {[0, 6, 12, 18, 24].map((clock) => <text key={clock} x={LEFT + clock * CELL} y={TOP + 7 * CELL + 17} text-anchor="middle">{clock}</text>)}
      </svg>
      <LegendList entries={weekLegend(planner.words)} />
      <div class="table-scroll" tabIndex={0} role="region" aria-label={words.weekTable}>
        <table>
          <thead><tr><th scope="col">{words.day}</th>{(Object.keys(PARTS) as Part[]).map((part) => <th key={part} scope="col">{words.parts[part]}</th>)}</tr></thead>
          <tbody>
            {DAY_NAMES.map((day, row) => (
              <tr key={day}>
                <th scope="row">{days[day]}</th>
                {(Object.keys(PARTS) as Part[]).map((part) => <td key={part} class="figures">{between(rangeOf(rhythm.open, row, part))}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{accessWords.words.rhythm.hours}</summary>
        <div class="table-scroll" tabIndex={0} role="region" aria-label={accessWords.words.rhythm.hours}>
          <table class="week-hours-table">
            <thead><tr><th scope="col">{words.day}</th>{Array.from({ length: 24 }, (_, clock) => <th key={clock} scope="col"><span aria-hidden="true">{clock}</span><span class="visually-hidden">{accessWords.words.rhythm.clock(String(clock))}</span></th>)}</tr></thead>
            <tbody>
              {DAY_NAMES.map((day, row) => (
                <tr key={day}>
                  <th scope="row">{days[day]}</th>
                  {rhythm.open.slice(24 * row, 24 * row + 24).map((count, clock) => <td key={clock} class="figures">{number(count)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
