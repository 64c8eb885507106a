import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { HotspotProperties, Hotspots } from '../../api/types';
import { SortHead } from '../../components/SortHead';
import { formats, language, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { reportOf } from '../report/reportOf';
import { ClassMark } from './ClassMark';
import { experienceOf } from './kinds';
import { areaLook, written, type Measure, type Reach, type Steps } from './measures';
import { sorted, type Column, type Order } from './sorting';

const USUAL: readonly Column[] = ['name', 'value', 'interval', 'people', 'q', 'class'];
const OF: Readonly<Record<Measure, readonly Column[]>> = {
  concentration: USUAL, relative: USUAL, quality: USUAL,
  profile: ['name', 'experience', 'reach', 'index', 'people', 'q', 'class'],
  opportunity: ['name', 'reach', 'emotional', 'instrumental', 'informational', 'appraisal', 'free', 'rhythm'],
};
/** A page that can be read; the rest is one press away. */
const FIRST_ROWS = 20;

interface HotspotTableProps {
  hotspots: Hotspots;
  measure: Measure;
  reach: Reach;
  steps: Steps | null;
  chosen: string | null;
  choose: (unit: string) => void;
  order: Order;
  setOrder: (order: Order) => void;
}

/** How a class is said: of feelings as better and less well, of people as more and fewer. */
export function classWords(name: HotspotProperties['class'], measure: Measure): string {
  const { standing, qualityClass } = planner.words;
  if (name === 'above' || name === 'below' || name === 'not_distinguishable') return standing[name];
  return (measure === 'quality' ? qualityClass : messages.value.picture.className)[name];
}

function columnWords(column: Column, hotspots: Hotspots): string {
  const plan = planner.words;
  switch (column) {
    case 'experience': return hotspots.features.some(({ properties }) => properties.experience?.score) ? plan.column.experienceWhole : plan.column.experience;
    case 'reach': case 'index': case 'free': case 'rhythm': return plan.column[column];
    case 'emotional': case 'instrumental': case 'informational': case 'appraisal': return plan.kinds[column];
    default: return messages.value.picture.column[column];
  }
}

/** The same numbers as the map, to sort and to read out. */
export function HotspotTable({ hotspots, measure, reach, steps, chosen, choose, order, setOrder }: HotspotTableProps) {
  const words = messages.value.picture;
  const { number } = formats.value;
  const [all, setAll] = useState(false);
  const columns = OF[measure];
  const by: Order = columns.includes(order.column) ? order : { column: 'name', down: false };
  const rows = sorted(hotspots.features.map(({ properties }) => properties), by, language.value);
  // The area chosen on the map is always in the table, even when the rest is folded away.
  const shown = all ? rows : rows.filter(({ unit }, index) => index < FIRST_ROWS || unit === chosen);
  const sortBy = (column: Column) => setOrder({ column, down: by.column === column && !by.down });

  return (
    <div class="stack-small">
      <h2 id="table-title">{words.tableTitle}</h2>
      <p class="small muted">{words.tableCaption(number(rows.length))}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
        <table>
          <thead>
            <tr>
              {columns.map((column) => <SortHead key={column} column={column} words={columnWords(column, hotspots)} order={by} sortBy={sortBy} figures={column !== 'name' && column !== 'class'} />)}
            </tr>
          </thead>
          <tbody>
            {shown.map((area) => (
              <tr key={area.unit} id={`area-${area.unit}`} class={area.unit === chosen ? 'is-chosen' : undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={area.unit === chosen} onClick={() => choose(area.unit)}>
                    {area.name ?? words.cell}
                    {/* Several hexagons share a neighbourhood's name; the end of the index tells them apart. */}
                    {hotspots.units === 'cells' && <span class="unit"> {area.unit.replace(/f+$/, '').slice(-4)}</span>}
                  </button>
                  {hotspots.units === 'neighbourhoods' && area.unit === chosen && (
                    <a class="row-link no-print" href={reportOf(hotspots.release, area.unit)}>{reportWords.words.report.link(area.name ?? '')}</a>
                  )}
                </th>
                {columns.slice(1).map((column) => (
                  <td key={column} class={column === 'class' ? undefined : 'figures'}><Cell {...{ area, column, measure, reach, steps }} /></td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > FIRST_ROWS && (
        <button type="button" class="button no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? words.showFew : words.showAll(number(rows.length))}</button>
      )}
    </div>
  );
}

interface CellProps {
  area: HotspotProperties;
  column: Column;
  measure: Measure;
  reach: Reach;
  steps: Steps | null;
}

function Cell({ area, column, measure, reach, steps }: CellProps): ComponentChildren {
  const words = messages.value.picture;
  const { number, percent, chance } = formats.value;
  const enough = area.class !== 'not_enough';
  const show = (value: number) => written(value, measure, formats.value);
  /** A number of the profile is never without its interval. */
  const withInterval = (of: { value: number; low: number; high: number } | null | undefined, scale: number) =>
    of && enough ? <>{number(scale * of.value)} <span class="unit">{words.between(number(scale * of.low), number(scale * of.high))}</span></> : '–';
  switch (column) {
    case 'name': return area.name;
    case 'value': return !enough ? words.tooFew : area.value == null ? '–' : show(area.value);
    case 'interval': return enough && area.low != null && area.high != null ? words.between(show(area.low), show(area.high)) : '–';
    case 'people': return enough ? number(area.people) : '–';
    case 'q': return enough && area.q != null ? chance(area.q) : '–';
    case 'experience': return enough ? withInterval(experienceOf(area), 100) : words.tooFew;
    case 'index': return withInterval(area.index, 1);
    case 'class': {
      const look = areaLook(area, measure, reach, steps);
      return <span class="class-cell"><ClassMark of={look.class} step={look.step} /> {classWords(look.class, measure)}</span>;
    }
    case 'reach': return area.opportunity ? (measure === 'profile' ? number(100 * area.opportunity.mean) : percent(area.opportunity.mean)) : '–';
    default: {
      const share = area.opportunity?.[column];
      return share == null ? '–' : percent(share);
    }
  }
}
