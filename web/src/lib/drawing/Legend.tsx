import '../../styles/drawing.css';
import { LookMark } from './LookMark';
import type { LegendEntry, LegendWords } from './sheet';
import { SupportMark } from './SupportMark';

/** What each look stands for, in words. */
export function LegendList({ entries, of = 'legend-classes', label }: { entries: readonly LegendEntry[]; of?: string; label?: string }) {
  return (
    <ul class={`plain-list ${of}`} aria-label={label}>
      {entries.map(({ look, words }) => <li key={words}>{typeof look === 'string' ? <SupportMark state={look} /> : <LookMark look={look} />} {words}</li>)}
    </ul>
  );
}

interface LegendProps {
  title: string;
  legend: LegendWords;
  /** Below a heading of the page, or below one of its sections. */
  level?: 2 | 3;
}

/** One legend for a drawing, a map and a table; a saved picture has the same. */
export function Legend({ title, legend: { entries, notes }, level = 2 }: LegendProps) {
  return (
    <div class="legend">
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
      <LegendList entries={entries} />
      {notes.length > 0 && <p class="small muted">{notes.join(' ')}</p>}
    </div>
  );
}
