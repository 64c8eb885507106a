import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Community, Facets, LonLat, Support } from '../../api/types';
import { supportQuery, type Filters } from './filters';

export interface Found {
  supports: Support[];
  matched: number;
  next: string | null;
  facets: Facets | null;
}

/** The list for these filters around this point; more pages are added at its end. */
export function useSupports({ id, time_zone, vocabulary }: Community, filters: Filters, near: LonLat | null) {
  const [found, setFound] = useState<Found | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(0);
  const key = JSON.stringify([id, filters, near]);

  const ask = async (cursor: string | null, before: Found | null) => {
    const turn = ++asked.current;
    setReason(null);
    try {
      const page = await api.supports(id, supportQuery(filters, near, cursor, time_zone, vocabulary.forms.map((form) => form.id)));
      // A slower, older answer must not replace a newer one.
      if (turn !== asked.current) return;
      setFound({
        supports: [...(before?.supports ?? []), ...page.features],
        matched: page.number_matched,
        next: page.next ?? null,
        facets: page.facets ?? before?.facets ?? null,
      });
    } catch (failure) {
      if (turn === asked.current) setReason(failure);
    }
  };
  useEffect(() => void ask(null, null), [key, attempt]);

  return {
    found,
    reason,
    again: () => setAttempt((n) => n + 1),
    more: () => found?.next && void ask(found.next, found),
  };
}
