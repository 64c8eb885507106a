import { openCommunity } from '../../../app/community';
import type { DiaryEntry } from '../../../api/types';
import { formats, inLanguage } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { daysOf, drawnDays } from './overTime';

const WIDTH = 320;
const HEIGHT = 96;
const EDGE = 10;

/** A small picture, and the same in words beside it. */
export function FeelingsOverTime({ entries }: { entries: readonly DiaryEntry[] }) {
  const words = mine.words.diary;
  const terms = openCommunity().vocabulary.feelings;
  const days = daysOf(entries, new Map(terms.map(({ id, valence }) => [id, valence])));
  if (days.length < 2) return null;
  const points = drawnDays(days).map(({ x, y }) => [EDGE + x * (WIDTH - 2 * EDGE), EDGE + y * (HEIGHT - 2 * EDGE)] as const);
  return (
    <section class="stack-small">
      <h2>{words.overTime}</h2>
      <svg class="over-time" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line class="middle" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polyline points={points.map((point) => point.join()).join(' ')} />
        {points.map(([x, y]) => <circle key={`${x},${y}`} cx={x} cy={y} r="5" />)}
      </svg>
      <p class="small muted">{words.overTimeHow}</p>
      <ul class="plain-list">
        {days.map(({ date, feelings }) => (
          <li key={date}>{words.onDay(formats.value.date(date), formats.value.list([...new Set(feelings.map(({ feeling }) => inLanguage(terms.find(({ id }) => id === feeling)?.labels, feeling)))]))}</li>
        ))}
      </ul>
    </section>
  );
}
