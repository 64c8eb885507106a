import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { LonLat, SupportPage } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { announce } from '../../../components/LiveRegion';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../../i18n';
import { middleOf } from '../../../lib/geometry';

/** As many as fit a phone without scrolling far. */
const OFFERED = 6;
const TYPING_PAUSE_MS = 250;

/** Known places by name, nearest first when the person already said roughly where. */
export function WhereList({ near, put }: { near: LonLat | null; put: (point: LonLat, name: string | null) => void }) {
  const words = messages.value.add;
  const { id, vocabulary } = openCommunity();
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState<SupportPage | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [picked, setPicked] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      api.supports(id, { limit: OFFERED, ...(near ? { near } : {}), ...(typed.trim() ? { q: typed.trim() } : {}) }).then(
        (answer) => {
          if (!current) return;
          setReason(null);
          setPage(answer);
          if (typed) announce(words.listFound(answer.number_matched, formats.value.number(answer.number_matched)));
        },
        (failure: unknown) => current && setReason(failure),
      );
    }, typed ? TYPING_PAUSE_MS : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, typed, near]);

  return (
    <div class="stack-small">
      <Field label={words.listLabel} hint={words.listHint} type="search" value={typed} onInput={setTyped} />
      {reason !== null && <ProblemNotice reason={reason} />}
      {page && page.features.length === 0 && typed && <p>{words.listNone}</p>}
      <fieldset class="offered">
        <legend class="visually-hidden">{words.listWay}</legend>
        {page?.features.map((support) => {
          const { name, category, distance_m, address } = support.properties;
          const kind = inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category);
          const title = name ?? messages.value.find.unnamed(kind);
          const hint = [kind, address, distance_m == null ? null : formats.value.distance(distance_m)].filter(Boolean).join(' · ');
          return (
            <Choice key={support.id} type="radio" name="support" value={support.id} checked={picked === support.id} title={title} hint={hint}
              onChange={() => { setPicked(support.id); put(middleOf(support.geometry), title); }} />
          );
        })}
      </fieldset>
    </div>
  );
}
