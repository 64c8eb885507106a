import { useEffect, useState } from 'preact/hooks';
import { api, Unreachable } from '../../../api/client';
import type { LonLat, Named, Support, SupportPage } from '../../../api/types';
import { offers, openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { Field } from '../../../components/Field';
import { announce } from '../../../components/LiveRegion';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { distanceMetres, middleOf } from '../../../lib/geometry';

/** As many as fit a phone without scrolling far. */
const OFFERED = 6;
const TYPING_PAUSE_MS = 250;

/** From the server; without a network, from what this device keeps of it. */
async function searched(community: string, near: LonLat | null, q: string): Promise<SupportPage> {
  // Streets and parks stand in a list of their own where the server knows them.
  try {
    return await api.supports(community, { limit: OFFERED, ...(near ? { near } : {}), ...(q ? { q } : {}) });
  } catch (reason) {
    if (!(reason instanceof Unreachable)) throw reason;
    const all = await api.allSupports(community);
    const found = all.features.filter(({ geometry, properties }) => geometry && (properties.name ?? '').toLocaleLowerCase().includes(q.toLocaleLowerCase()));
    const metres = ({ geometry }: Support): number => (near && geometry ? distanceMetres(near, middleOf(geometry)) : 0);
    const features = [...found].sort((a, b) => metres(a) - metres(b)).slice(0, OFFERED);
    return { ...all, features, number_matched: found.length, number_returned: features.length };
  }
}

/** Known places by name, nearest first when the person already said roughly where. */
export function WhereList({ near, put, keep }: {
  near: LonLat | null;
  put: (point: LonLat, name: string | null) => void;
  /** One of them is the place; otherwise each press adds a corner. */
  keep: boolean;
}) {
  const words = messages.value.add;
  const { place } = mine.words;
  const { id, vocabulary } = openCommunity();
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState<SupportPage | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [named, setNamed] = useState<Named[]>([]);
  const [picked, setPicked] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      const asked = typed.trim() && offers('names') ? api.gazetteer(id, typed.trim(), OFFERED) : Promise.resolve({ results: [] });
      // Supports are in the list below anyway; without an answer that list is all there is.
      asked.then(({ results }) => current && setNamed(results.filter(({ kind }) => kind !== 'support')), () => current && setNamed([]));
      searched(id, near, typed.trim()).then(
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
      {named.length > 0 && (
        <fieldset class="offered">
          <legend>{place.namedPlaces}</legend>
          {named.map(({ name, kind, detail, coordinates }) => {
            const hint = [place.namedKinds[kind], detail].filter(Boolean).join(' · ');
            const at = coordinates.join();
            return keep
              ? <Choice key={at} type="radio" name="support" value={at} checked={picked === at} title={name} hint={hint} onChange={() => { setPicked(at); put(coordinates, name); }} />
              : <button key={at} type="button" class="button offered-corner" onClick={() => put(coordinates, name)}>{place.cornerAt(name)}</button>;
          })}
        </fieldset>
      )}
      {page && page.features.length === 0 && named.length === 0 && typed && <p>{words.listNone}</p>}
      <fieldset class="offered">
        <legend class="visually-hidden">{words.listWay}</legend>
        {page?.features.map((support) => {
          const { geometry } = support;
          if (geometry === null) return null; // online or confidential: nowhere to put a pin
          const { name, category, distance_m, address } = support.properties;
          const kind = inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category);
          const title = name ?? messages.value.find.unnamed(kind);
          const hint = [kind, address, distance_m == null ? null : formats.value.distance(distance_m)].filter(Boolean).join(' · ');
          if (!keep) return <button key={support.id} type="button" class="button offered-corner" onClick={() => put(middleOf(geometry), title)}>{place.cornerAt(title)}</button>;
          return (
            <Choice key={support.id} type="radio" name="support" value={support.id} checked={picked === support.id} title={title} hint={hint}
              onChange={() => { setPicked(support.id); put(middleOf(geometry), title); }} />
          );
        })}
      </fieldset>
    </div>
  );
}
