import { api } from '../../api/client';
import type { Counted } from '../../api/counting';
import type { Neighbourhood, Neighbourhoods, Release, Rhythm, Support, SupportType } from '../../api/types';
import { middleOf } from '../../lib/geometry';
import { useLoad, type Load } from '../../lib/useLoad';
import { measuresOf, unitsOf } from '../picture/measures';
import { REPORTED, type Found } from './figures';

export const TYPES: readonly SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];

export interface Report {
  /** What was asked for, or the newest; never another in the place of one that was called back. */
  release: Release | null;
  recalled: Release['recalled'];
  areas: Neighbourhoods;
  area: Neighbourhood | null;
  found: Found;
  /** What q is corrected for, where most was mapped. */
  tested: number;
  /** Of the area, or of everywhere. */
  rhythm: Pick<Rhythm, 'supports' | 'open' | 'unknown'>;
  /** For each type, how many are offered here or near here, and the nearest. */
  offered: { type: SupportType; count: number; nearest: Support | null }[];
}

const ALL_SUPPORTS: Counted = { kind: '', form: null, support: null, free: false, low: false };

/** Everything on the page in one go, so that it is never printed half. `area` is null for the whole community. */
export function useReport(community: string, area: string | null, asked: string | null): Load<Report | 'unknown-area'> {
  return useLoad(async () => {
    const [{ releases }, areas] = await Promise.all([api.releases(community), api.neighbourhoods(community)]);
    const here = area === null ? null : areas.features.find(({ id }) => id === area);
    if (here === undefined) return 'unknown-area';
    const chosen = releases.find(({ id }) => id === asked) ?? releases.find(({ recalled }) => !recalled) ?? null;
    const release = chosen?.recalled ? null : chosen;
    const near = here && middleOf(here.geometry);
    const shown = release ? REPORTED.filter((measure) => measuresOf(release).includes(measure) && unitsOf(release, measure).includes('neighbourhoods')) : [];
    const [hotspots, rhythm, offered] = await Promise.all([
      Promise.all(shown.map((measure) => api.hotspots(community, release?.id ?? '', measure, 'neighbourhoods'))),
      api.rhythm(community, ALL_SUPPORTS),
      Promise.all(TYPES.map(async (type) => {
        const page = await api.supports(community, { support: [type], limit: 1, ...(near ? { near } : {}) });
        return { type, count: page.number_matched, nearest: page.features[0] ?? null };
      })),
    ]);
    const found: Found = Object.fromEntries(shown.map((measure, i) => [measure, hotspots[i]?.features ?? []]));
    return { release, recalled: chosen?.recalled, areas, area: here, found, tested: hotspots[0]?.n_tested ?? 0, rhythm: rhythm.neighbourhoods?.find(({ id }) => id === area) ?? rhythm, offered };
  }, [community, area, asked]);
}
