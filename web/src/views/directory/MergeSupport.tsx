import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { Choice } from '../../components/Choice';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { formats, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { takenOver } from './changes';
import { Failure } from './Failure';
import { listingQuery } from './listing';
import { kindOf, nameOf } from './naming';
import { said } from './said';
import { StaleNotice } from './StaleNotice';
import { useSaving } from './useSaving';

/** As many as fit without scrolling far. */
const OFFERED = 8;
const TYPING_PAUSE_MS = 250;

/** Two records of one support become one. */
export function MergeSupport({ support, again }: { support: Support; again: () => void }) {
  const words = directoryMessages.value;
  const { find } = messages.value;
  const { id } = openCommunity();
  const [typed, setTyped] = useState(support.properties.name ?? '');
  const [found, setFound] = useState<readonly Support[] | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [stays, setStays] = useState<Support | null>(null);
  const [missing, setMissing] = useState(false);
  const [stale, setStale] = useState(false);
  const saving = useSaving();

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      api.supports(id, listingQuery({ show: 'all', q: typed }, null, OFFERED + 1)).then(
        (page) => {
          if (!current) return;
          const others = page.features.filter((one) => one.id !== support.id).slice(0, OFFERED);
          setReason(null);
          setFound(others);
          announce(others.length === 0 ? words.mergeNone : find.count(others.length, formats.value.number(others.length)));
        },
        (failure: unknown) => current && setReason(failure),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, typed]);

  const merge = () => {
    setMissing(stays === null);
    if (!stays) return;
    void saving.save(
      async () => {
        await api.directory.merge(id, support.id, support.properties.version, stays.id);
        navigate(here('staff', 'directory', stays.id));
        said.value = { of: stays.id, text: words.merged(nameOf(support)) };
      },
      async () => setStale(true),
    );
  };
  // What was chosen stays in the list when the search goes on.
  const offered = [...(stays && !found?.some((one) => one.id === stays.id) ? [stays] : []), ...(found ?? [])];
  const { formats: format, taken } = { formats: formats.value, taken: stays ? takenOver(stays, support) : [] };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); merge(); }}>
      <p>{words.mergeLead}</p>
      <Field type="search" label={words.mergeSearch} value={typed} onInput={setTyped} maxLength={200} error={missing && !stays ? words.mergeMissing : null} />
      {reason !== null && <Failure reason={reason} />}
      {found && offered.length === 0 && <p>{words.mergeNone}</p>}
      {offered.length > 0 && (
        <fieldset>
          <legend>{words.mergePick}</legend>
          <div class="offered">
            {offered.map((one) => {
              const { address, status, organisation, missing_since } = one.properties;
              const hint = [kindOf(one), address, organisation, status === 'active' ? null : find.statuses[status], missing_since ? words.missingSince(format.date(missing_since)) : null].filter(Boolean).join(' · ');
              return <Choice key={one.id} type="radio" name="stays" value={one.id} checked={stays?.id === one.id} title={nameOf(one)} hint={hint} onChange={() => setStays(one)} />;
            })}
          </div>
        </fieldset>
      )}
      {stays && (
        <div class="notice" aria-live="polite">
          <p>{words.mergeWhat(nameOf(support), nameOf(stays))}</p>
          <p>{taken.length > 0 ? words.mergeTakes(format.list(taken.map((field) => words.field[field] ?? field))) : words.mergeTakesNothing}</p>
        </div>
      )}
      {stale && <StaleNotice again={again} />}
      {saving.reason !== null && <Failure reason={saving.reason} />}
      <button type="submit" class="button button-main" disabled={saving.busy}>{words.mergeSubmit}</button>
    </form>
  );
}
