import type { Neighbourhoods } from '../../api/types';
import { formats, language, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { ClassMark } from '../picture/ClassMark';
import { classWords } from '../picture/HotspotTable';
import { KINDS, knownKinds } from '../picture/kinds';
import { figuresFor, REPORTED, rowsThatFit, shortClass, type Found } from './figures';
import { reportOf } from './reportOf';

/** Every measure of one neighbourhood, with its company. */
export function AreaFigures({ found, unit }: { found: Found; unit: string }) {
  const words = reportWords.words.report;
  const { shares } = reportWords.words;
  const { percent } = formats.value;
  const between = messages.value.picture.between;
  const profile = found.profile?.find(({ properties }) => properties.unit === unit)?.properties;
  const kinds = profile && knownKinds(profile);
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={words.measure}>
        <table class="report-table">
          <thead><tr>{[words.measure, words.value, words.likely, words.people, words.q, words.meaning].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>
            {figuresFor(found, unit, formats.value, between).map((row) => (
              <tr key={row.measure}>
                <th scope="row">{planner.words.measures[row.measure]}</th>
                <td>{row.value ?? words.notEnough}</td>
                <td>{row.interval ?? '–'}</td>
                <td>{row.people ?? '–'}</td>
                <td>{row.q ?? '–'}</td>
                <td><ClassMark of={row.class} /> {classWords(row.class, row.measure)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {kinds && <p>{shares.title}: {KINDS.flatMap((kind) => { const share = kinds[kind]; return share ? [`${shares.kind[kind]} ${percent(share.value)} (${between(percent(share.low), percent(share.high))})`] : []; }).join('; ')}.</p>}
    </>
  );
}

/** A row for each neighbourhood, as many as fit on the page. */
export function AreasTable({ found, areas, release }: { found: Found; areas: Neighbourhoods; release: string }) {
  const words = reportWords.words.report;
  const { number } = formats.value;
  const between = messages.value.picture.between;
  const published = areas.features.filter(({ id }) => found.concentration?.some(({ properties }) => properties.unit === id));
  const rows = rowsThatFit(published.map(({ id, properties: { name } }) => ({ id, name })), found, language.value);
  const measures = REPORTED.filter((measure) => found[measure]);
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={words.allAreas}>
        <table class="report-table">
          <thead><tr><th scope="col">{words.allAreas}</th>{measures.map((measure) => <th key={measure} scope="col">{planner.words.measures[measure]}</th>)}<th scope="col">{words.people}</th></tr></thead>
          <tbody>
            {rows.map(({ id, name }) => {
              const figures = figuresFor(found, id, formats.value, between);
              return (
                <tr key={id}>
                  <th scope="row"><a href={reportOf(release, id)}>{name}</a></th>
                  {figures.map(({ measure, value, interval, q, class: of }) => (
                    <td key={measure}>
                      <ClassMark of={of} /> {value === null ? shortClass(of, words) : <>{value}{interval && ` (${interval})`}{q && `, q ${q}`} · {shortClass(of, words)}</>}
                    </td>
                  ))}
                  <td>{figures.find(({ people }) => people !== null)?.people ?? '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length < published.length && <p>{words.moreAreas(number(rows.length), number(published.length))}</p>}
    </>
  );
}
