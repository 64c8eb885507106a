import { useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { LonLat, SupportPage, SupportType } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';

const SHOWN = 5;

/** Supports of a type near my places; asked for only when the person wants to see them. */
export function NearbySupports({ type, near }: { type: SupportType; near: LonLat | null }) {
  const words = mine.words;
  const { id, vocabulary } = openCommunity();
  const [page, setPage] = useState<SupportPage | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const look = async () => {
    setReason(null);
    try {
      setPage(await api.supports(id, { support: [type], limit: SHOWN, ...(near ? { near } : {}) }));
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <div class="stack-small">
      <p>{words.network.thin(words.support[type].title)}</p>
      {!page && <button type="button" class="button" onClick={() => void look()}>{words.network.look(words.support[type].title)}</button>}
      {reason !== null && <ProblemNotice reason={reason} />}
      {page && page.features.length === 0 && <p role="status">{words.network.foundNone}</p>}
      {page && page.features.length > 0 && (
        <>
          <ul class="plain-list network-near" aria-label={words.network.found(words.support[type].title)}>
            {page.features.map((support) => {
              const { name, category, distance_m, address } = support.properties;
              const kind = inLanguage(vocabulary.categories.find((one) => one.id === category)?.labels, category);
              return (
                <li key={support.id}>
                  <strong>{name ?? messages.value.find.unnamed(kind)}</strong>
                  <span class="muted"> {[kind, address, distance_m == null ? null : formats.value.distance(distance_m)].filter(Boolean).join(' · ')}</span>
                </li>
              );
            })}
          </ul>
          <p><a href={`${here('find')}${here('find').includes('?') ? '&' : '?'}support=${type}`}>{words.network.more}</a></p>
        </>
      )}
    </div>
  );
}
