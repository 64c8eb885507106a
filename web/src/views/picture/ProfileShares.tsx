import type { Hotspot, Release } from '../../api/types';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import { reportWords } from '../../i18n/report';
import { knownKinds, KINDS, partOf, PARTS, type Share } from './kinds';

/** The shares of the profile by neighbourhood, and the numbers of the whole community; each with its interval. */
export function ProfileShares({ features, release }: { features: readonly Hotspot[]; release: Release }) {
  const words = reportWords.words.shares;
  const { number, percent } = formats.value;
  const between = messages.value.picture.between;
  const rows = features.filter(({ properties }) => knownKinds(properties) !== null);
  // In a release without shares the feelings are all there is, and stand in the table above.
  const parts = PARTS.filter((part) => rows.some(({ properties }) => partOf(properties, part)));
  const inHundred = (share: Share | null | undefined, write: (value: number) => string) =>
    share ? <>{write(share.value)} <span class="unit">{between(write(share.low), write(share.high))}</span></> : '–';
  const totals = release.totals ?? [];
  return (
    <section class="stack-small" aria-labelledby="shares-title">
      <h2 id="shares-title">{planner.words.kindsTitle}</h2>
      {rows.length === 0 && totals.length === 0 && <p class="small">{words.later}</p>}
      {rows.length > 0 && (
        <>
          <h3 id="shares-by-area">{words.title}</h3>
          <p class="small muted">{words.lead} {parts.map((part) => words.partAbout[part]).join(' ')}</p>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="shares-by-area">
            <table class="shares-table">
              <thead><tr><th scope="col" class="plain-head">{words.area}</th>{KINDS.map((kind) => <th key={kind} scope="col" class="plain-head figures">{words.kind[kind]}</th>)}{parts.map((part) => <th key={part} scope="col" class="plain-head figures">{words.part[part]}</th>)}</tr></thead>
              <tbody>
                {rows.map(({ properties }) => {
                  const kinds = knownKinds(properties);
                  return (
                    <tr key={properties.unit}>
                      <th scope="row">{properties.name}</th>
                      {KINDS.map((kind) => <td key={kind} class="figures">{inHundred(kinds?.[kind], percent)}</td>)}
                      {parts.map((part) => <td key={part} class="figures">{inHundred(partOf(properties, part), part === 'valence' ? (value) => number(100 * value) : percent)}</td>)}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
      {totals.length > 0 && (
        <>
          <h3 id="shares-of-all">{words.totals}</h3>
          <p class="small muted">{words.totalsLead}</p>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="shares-of-all">
            <table>
              <thead><tr><th scope="col" class="plain-head">{words.what}</th>{[words.people, words.likely].map((head) => <th key={head} scope="col" class="plain-head figures">{head}</th>)}</tr></thead>
              <tbody>
                {KINDS.flatMap((kind) => totals.filter((total) => total.kind === kind)).map(({ kind, people, low, high, enough }) => (
                  <tr key={kind}>
                    <th scope="row">{words.kind[kind as (typeof KINDS)[number]]}</th>
                    <td class="figures">{enough ? number(people) : words.tooFew}</td>
                    <td class="figures">{enough ? between(number(low), number(high)) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
