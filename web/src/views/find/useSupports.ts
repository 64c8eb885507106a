import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { LonLat, Support } from '../../api/types';
import { supportQuery, type Filters } from './filters';

interface Found {
  supports: Support[];
  matched: number;
  next: string | null;
}

/** The list for these filters around this point; more pages are added at its end. */
export function useSupports(community: string, filters: Filters, near: LonLat | null) {
  const [found, setFound] = useState<Found | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(0);
  const key = JSON.stringify([community, filters, near]);

  const ask = async (cursor: string | null, before: Support[]) => {
    const turn = ++asked.current;
    setReason(null);
    try {
      const page = await api.supports(community, supportQuery(filters, near, cursor));
      // A slower, older answer must not replace a newer one.
      if (turn === asked.current) setFound({ supports: [...before, ...page.features], matched: page.number_matched, next: page.next ?? null });
    } catch (failure) {
      if (turn === asked.current) setReason(failure);
    }
  };
  useEffect(() => void ask(null, []), [key, attempt]);

  return {
    found,
    reason,
    again: () => setAttempt((n) => n + 1),
    more: () => found?.next && void ask(found.next, found.supports),
  };
}
