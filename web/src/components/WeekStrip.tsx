import { formats, messages } from '../i18n';
import { DAY_LENGTH, dayInWords, drawnWeek, type Week } from '../lib/week';

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const ROW = 16;
const WIDTH = 240;
const LEFT = 34;
const x = (minutes: number): number => LEFT + (minutes / DAY_LENGTH) * WIDTH;

/** The hours of an ordinary week: seven rows to see at a glance, and the same in words. */
export function WeekStrip({ week }: { week: Week }) {
  const words = messages.value.find;
  const drawn = drawnWeek(week);
  return (
    <div class="week">
      <svg class="week-strip" viewBox={`0 0 ${LEFT + WIDTH + 8} ${7 * ROW + 16}`} aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <path class="week-line" d={`M${x(hour * 60)} 0V${7 * ROW}`} />
            <text x={x(hour * 60)} y={7 * ROW + 13} text-anchor={hour === 24 ? 'end' : hour === 0 ? 'start' : 'middle'}>{hour}</text>
          </g>
        ))}
        {DAYS.map((day, row) => (
          <g key={day}>
            <text x="0" y={row * ROW + 12}>{words.days[day]}</text>
            {drawn[row]?.map(([start, end]) => <rect key={start} x={x(start)} y={row * ROW + 3} width={x(end) - x(start)} height={ROW - 6} rx="2" />)}
          </g>
        ))}
      </svg>
      <ul class="plain-list week-words" aria-label={words.week}>
        {DAYS.map((day, row) => <li key={day}>{words.dayLine(words.days[day], dayInWords(week[row] ?? []) ?? words.closedDay)}</li>)}
      </ul>
      <p class="small muted">{words.weekNote}</p>
    </div>
  );
}

/** The week in one line for paper: days with the same hours stand together. */
export function weekInOneLine(week: Week): string {
  const words = messages.value.find;
  const groups: { hours: string; days: string[] }[] = [];
  DAYS.forEach((day, row) => {
    const hours = dayInWords(week[row] ?? []) ?? words.closedDay;
    const same = groups.find((group) => group.hours === hours);
    if (same) same.days.push(words.days[day]);
    else groups.push({ hours, days: [words.days[day]] });
  });
  return groups.map(({ hours, days }) => words.dayLine(formats.value.list(days), hours)).join('; ');
}
