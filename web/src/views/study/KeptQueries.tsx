import { useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import { openCommunity } from '../../app/community';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { useLoad } from '../../lib/useLoad';
import { askOf, selectionOf, unfinished, type Ask } from './selection';

/** Questions to ask again; what they found is not kept. */
export function KeptQueries({ ask, use }: { ask: Ask; use: (ask: Ask) => void }) {
  const words = studyMessages.value;
  const { id } = openCommunity();
  const kept = useLoad(() => api.study.queries(id), [id]);
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [reason, setReason] = useState<unknown>(null);

  const act = async (work: () => Promise<string>) => {
    setReason(null);
    setError(null);
    try {
      announce(await work());
      kept.again();
    } catch (failure) {
      if (failure instanceof Problem && failure.field === 'name') setError(failure.message);
      else setReason(failure);
    }
  };
  const keep = () => {
    if (!name.trim()) return setError(words.nameMissing);
    if (unfinished(ask)) return setError(words.unfinished);
    void act(async () => {
      const made = await api.study.keep(id, name, selectionOf(ask));
      setName('');
      return words.keptDone(made.name);
    });
  };
  const queries = kept.value?.queries ?? [];
  return (
    <section class="what-if stack-small" aria-labelledby="kept-title">
      <h2 id="kept-title">{words.kept}</h2>
      <p class="small muted">{words.keptLead}</p>
      {(reason ?? kept.reason) !== null && <ProblemNotice reason={reason ?? kept.reason} retry={kept.again} />}
      {kept.value && queries.length === 0 && <p>{words.keptNone}</p>}
      <ul class="plain-list stack-small">
        {queries.map((query) => (
          <li key={query.id} class="card row">
            <span><strong>{query.name}</strong> <span class="small muted">{formats.value.date(query.created_at)}</span></span>
            <button type="button" class="button" onClick={() => use(askOf(query.places))}>{words.use(query.name)}</button>
            <button type="button" class="button-quiet" aria-label={words.forgetOf(query.name)}
              onClick={() => void act(async () => { await api.study.forget(id, query.id); return words.forgotten(query.name); })}>{words.forget}</button>
          </li>
        ))}
      </ul>
      <form class="stack-small narrow-form" noValidate onSubmit={(event) => { event.preventDefault(); keep(); }}>
        <Field label={words.keepName} value={name} onInput={setName} error={error} maxLength={200} />
        <button type="submit" class="button">{words.keep}</button>
      </form>
    </section>
  );
}
