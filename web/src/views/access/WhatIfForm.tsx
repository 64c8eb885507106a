import { useState } from 'preact/hooks';
import type { LonLat, WhatIf } from '../../api/types';
import { api } from '../../api/client';
import { countedBody, type Counted } from '../../api/counting';
import { openCommunity } from '../../app/community';
import { Choice } from '../../components/Choice';
import { CoordinateFields } from '../../components/CoordinateFields';
import { Field } from '../../components/Field';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { useLoad } from '../../lib/useLoad';
import { OpeningForm, type Openable } from './OpeningForm';
import { changes, MOST, toggled, type Plan } from './plan';

/** As many as can be looked through. */
const LISTED = 12;

interface WhatIfFormProps {
  plan: Plan;
  counted: Counted;
  whatIf: WhatIf | null;
  change: (part: Partial<Plan>) => void;
  would: Openable;
  setWould: (would: Openable) => void;
  open: (point: LonLat) => void;
  mapCentre: LonLat | null;
}

/** Close supports by name, open one at a point; the answer is above, and the address can be shared. */
export function WhatIfForm({ plan, counted, whatIf, change, would, setWould, open, mapCentre }: WhatIfFormProps) {
  const words = accessWords.words;
  const { id, vocabulary } = openCommunity();
  const [typed, setTyped] = useState('');
  const ask = { limit: MOST, ...countedBody({ ...counted, openAt: null }), ...(typed.trim() ? { q: typed.trim() } : {}) };
  const found = useLoad(() => api.supports(id, ask), [id, JSON.stringify(ask)]);
  const kindOf = (category: string) => inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category);
  // What the plan closes stays in the list, whatever counts just now.
  const closing = (whatIf?.closing ?? []).map(({ id: support, name, category }) => ({ support, name: name ?? null, category, address: null }));
  const listed = (found.value?.features ?? []).flatMap(({ id: support, geometry, properties: { name, category, address } }) =>
    geometry === null || closing.some((one) => one.support === support) ? [] : [{ support, name: name ?? null, category, address: address ?? null }]);
  return (
    <section class="what-if stack-small no-print" aria-labelledby="what-if-title">
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
        {[...closing, ...listed.slice(0, LISTED)].map(({ support, name, category, address }) => (
          <Choice key={support} type="checkbox" name="close" value={support} checked={plan.close.includes(support)}
            title={name ?? messages.value.find.unnamed(kindOf(category))} hint={[kindOf(category), address].filter(Boolean).join(' · ')}
            onChange={() => change({ close: toggled(plan.close, support) })} />
        ))}
      </fieldset>
      <h3>{words.opening}</h3>
      <OpeningForm would={would} change={setWould} />
      {mapCentre && <button type="button" class="button" onClick={() => open(mapCentre)}>{words.openHere}</button>}
      <details>
        <summary>{messages.value.add.typeWay}</summary>
        <CoordinateFields use={open} />
      </details>
      <ul class="plain-list">
        {plan.open.map(({ at, kind, hours }, index) => (
          <li key={`${at.join()}-${kind}`} class="row">
            <span>{words.openedAt(kindOf(kind), formats.value.coordinates(at))}{hours ? ` · ${hours}` : ''}</span>
            <button type="button" class="button-quiet" onClick={() => change({ open: plan.open.filter((_, other) => other !== index) })}>{words.openNot}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
