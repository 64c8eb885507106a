import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat } from '../../api/types';
import { openCommunity } from '../../app/community';
import { Choice } from '../../components/Choice';
import { CoordinateFields } from '../../components/CoordinateFields';
import { Field } from '../../components/Field';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';
import { changes, MOST, toggled, type Plan } from './plan';

/** As many as can be looked through. */
const LISTED = 12;

interface WhatIfFormProps {
  plan: Plan;
  change: (part: Partial<Plan>) => void;
  mapCentre: LonLat | null;
}

/** Close supports by name, open one at a point; the answer is above, and the address can be shared. */
export function WhatIfForm({ plan, change, mapCentre }: WhatIfFormProps) {
  const words = messages.value.access;
  const { id, vocabulary } = openCommunity();
  const [typed, setTyped] = useState('');
  const ask = { limit: MOST, ...(plan.kind ? { type: [plan.kind] } : {}), ...(typed.trim() ? { q: typed.trim() } : {}) };
  const found = useLoad(() => api.supports(id, ask), [id, plan.kind, typed]);
  const listed = (found.value?.features ?? []).filter(({ geometry }) => geometry !== null);
  const shown = [...listed.filter((one) => plan.close.includes(one.id)), ...listed.filter((one) => !plan.close.includes(one.id)).slice(0, LISTED)];
  const open = (point: LonLat) => plan.open.length < MOST && change({ open: [...plan.open, point] });
  return (
    <section class="what-if stack-small" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{words.whatIf}</h2>
      <p class="small muted">{words.whatIfLead}</p>
      {changes(plan) && (
        <div class="row">
          <span>{words.planned(formats.value.number(plan.close.length), formats.value.number(plan.open.length))}</span>
          <button type="button" class="button button-small" onClick={() => change({ close: [], open: [] })}>{words.asItIs}</button>
        </div>
      )}
      <Field label={words.closeSearch} type="search" value={typed} onInput={setTyped} />
      {found.reason !== null && <ProblemNotice reason={found.reason} retry={found.again} />}
      <fieldset class="offered">
        <legend>{words.closing}</legend>
        {shown.map(({ id: support, properties: { name, category, address } }) => {
          const kind = inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category);
          return (
            <Choice key={support} type="checkbox" name="close" value={support} checked={plan.close.includes(support)}
              title={name ?? messages.value.find.unnamed(kind)} hint={[kind, address].filter(Boolean).join(' · ')}
              onChange={() => change({ close: toggled(plan.close, support) })} />
          );
        })}
      </fieldset>
      <h3>{words.opening}</h3>
      {plan.kind === '' ? <p>{words.openKindFirst}</p> : (
        <>
          {mapCentre && <button type="button" class="button" onClick={() => open(mapCentre)}>{words.openHere}</button>}
          <details>
            <summary>{messages.value.add.typeWay}</summary>
            <CoordinateFields use={open} />
          </details>
          <ul class="plain-list">
            {plan.open.map((point, index) => (
              <li key={point.join()} class="row">
                <span>{words.openedAt(formats.value.coordinates(point))}</span>
                <button type="button" class="button-quiet" onClick={() => change({ open: plan.open.filter((_, other) => other !== index) })}>{words.openNot}</button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
