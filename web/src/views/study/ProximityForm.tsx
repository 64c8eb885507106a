import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { NearRow, ProximityQuery } from '../../api/types';
import { openCommunity } from '../../app/community';
import { Chip } from '../../components/Chip';
import { Choice } from '../../components/Choice';
import { announce } from '../../components/LiveRegion';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { NearTable } from './NearTable';
import { toggled } from './lists';
import { selectionOf, type Ask } from './selection';

const MOST_KINDS = 10;
const NEAREST = [1, 2, 3, 5, 10] as const;
/** Places a page. */
const PAGE = 200;

/** The supports nearest to each place that was read, or to each neighbourhood. */
export function ProximityForm({ ask }: { ask: Ask | null }) {
  const words = studyMessages.value;
  const { id, vocabulary } = openCommunity();
  const [of, setOf] = useState<'places' | 'neighbourhoods'>('neighbourhoods');
  const [kinds, setKinds] = useState<string[]>([]);
  const [k, setK] = useState<number>(1);
  const [at, setAt] = useState('');
  const [answer, setAnswer] = useState<{ query: ProximityQuery; rows: NearRow[]; next: string | null } | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const chosen = of === 'places' && ask ? 'places' : 'neighbourhoods';

  const find = async (query: ProximityQuery, before: readonly NearRow[], cursor: string | null) => {
    setReason(null);
    try {
      const page = await api.study.proximity(id, cursor ? { ...query, cursor } : query);
      const rows = [...before, ...page.rows];
      setAnswer({ query, rows, next: page.next ?? null });
      announce(words.rows(formats.value.number(rows.length)));
    } catch (failure) {
      setReason(failure);
    }
  };
  const submit = () => find({
    of: chosen, k, limit: PAGE,
    ...(chosen === 'places' && ask ? { places: selectionOf(ask) } : {}),
    ...(kinds.length > 0 ? { type: kinds } : {}),
    ...(at ? { open_at: new Date(at).toISOString() } : {}),
  }, [], null);

  return (
    <section class="what-if stack-small" aria-labelledby="proximity-title">
      <h2 id="proximity-title">{words.proximity}</h2>
      <p class="small muted">{words.proximityLead}</p>
      <form class="stack-small" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <fieldset>
          <legend>{words.of}</legend>
          <div class="offered">
            <Choice type="radio" name="of" value="neighbourhoods" checked={chosen === 'neighbourhoods'} title={words.ofNeighbourhoods} hint={words.ofNeighbourhoodsHint} onChange={() => setOf('neighbourhoods')} />
            <Choice type="radio" name="of" value="places" checked={chosen === 'places'} disabled={!ask} title={words.ofPlaces} hint={words.notice} onChange={() => setOf('places')} />
          </div>
        </fieldset>
        <fieldset>
          <legend>{words.types}</legend>
          <p class="hint">{kinds.length >= MOST_KINDS ? words.typesMost : words.typesHint}</p>
          <div class="chips">
            {vocabulary.categories.map((category) => (
              <Chip key={category.id} on={kinds.includes(category.id)}
                toggle={() => (kinds.length < MOST_KINDS || kinds.includes(category.id)) && setKinds(toggled(kinds, category.id))}>
                {inLanguage(category.labels, category.id)}
              </Chip>
            ))}
          </div>
        </fieldset>
        <div class="picture-controls">
          <div class="field">
            <label for="near-k">{words.k}</label>
            <select id="near-k" value={String(k)} onChange={(event) => setK(Number(event.currentTarget.value))}>
              {NEAREST.map((n) => <option key={n} value={String(n)}>{formats.value.number(n)}</option>)}
            </select>
          </div>
          <div class="field">
            <label for="near-at">{words.openAt}</label>
            <p class="hint" id="near-at-hint">{words.openAtHint}</p>
            <input id="near-at" type="datetime-local" aria-describedby="near-at-hint" value={at} onInput={(event) => setAt(event.currentTarget.value)} />
          </div>
        </div>
        {reason !== null && <ProblemNotice reason={reason} />}
        <button type="submit" class="button button-main">{words.find}</button>
      </form>
      {answer && (
        <>
          <NearTable rows={answer.rows} />
          {answer.next && <button type="button" class="button" onClick={() => void find(answer.query, answer.rows, answer.next)}>{words.more}</button>}
          <p class="small muted">{words.walking}</p>
        </>
      )}
    </section>
  );
}
