import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formats, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import type { Rhythm } from '../../api/types';
import { LegendList } from '../../lib/drawing/Legend';
import { pressedAt } from '../../lib/drawing/pressedAt';
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
  const [byHour, setByHour] = useState(false);
  const between = ([from, to]: [number, number]) => (from === to ? number(from) : planner.words.between(number(from), number(to)));
  return (
    <div class="stack-small">
      {/* The table below says the same; the slider above chooses the hour by keyboard. */}
      <svg class="week-hours" viewBox={`0 0 ${LEFT + 24 * CELL + 8} ${TOP + 7 * CELL + 22}`} aria-hidden="true" onClick={(event) => chooseAt(event, choose)}>
        {DAY_NAMES.map((day, row) => <text key={day} x="0" y={TOP + row * CELL + 15}>{days[day]}</text>)}
        {[...outlines(rhythm)].map(([shade, d]) => <path key={shade} class={`fill-step-${shade}`} d={d} />)}
        <path class="is-hour" d={outline(hour)} />
        {[0, 6, 12, 18, 24].map((clock) => <text key={clock} x={LEFT + clock * CELL} y={TOP + 7 * CELL + 17} text-anchor="middle">{clock}</text>)}
      </svg>
      <LegendList entries={weekLegend(planner.words)} />
      <div class="table-scroll" tabIndex={0} role="region" aria-label={words.weekTable}>
        <table>
          <thead><tr><th scope="col">{words.day}</th>{(Object.keys(PARTS) as Part[]).map((part) => <th key={part} scope="col" class="figures">{words.parts[part]}</th>)}</tr></thead>
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
      <details onToggle={(event) => setByHour(event.currentTarget.open)}>
        <summary>{accessWords.words.rhythm.hours}</summary>
        {byHour && <div class="table-scroll" tabIndex={0} role="region" aria-label={accessWords.words.rhythm.hours}>
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
        </div>}
      </details>
    </div>
  );
}

function outline(hour: number): string {
  const side = CELL - 2;
  return `M${LEFT + (hour % 24) * CELL + 1} ${TOP + Math.floor(hour / 24) * CELL + 1}h${side}v${side}h${-side}z`;
}

/** The hours of each shade, drawn as one. */
function outlines({ open, supports }: WeekPictureProps['rhythm']): Map<number, string> {
  const found = new Map<number, string>();
  open.forEach((count, hour) => {
    const shade = shadeOf(count, supports);
    found.set(shade, (found.get(shade) ?? '') + outline(hour));
  });
  return found;
}

function chooseAt(event: JSX.TargetedMouseEvent<SVGSVGElement>, choose: (hour: number) => void) {
  const point = pressedAt(event);
  if (!point) return;
  const [column, row] = [Math.floor((point.x - LEFT) / CELL), Math.floor((point.y - TOP) / CELL)];
  if (column >= 0 && column < 24 && row >= 0 && row < 7) choose(24 * row + column);
}
