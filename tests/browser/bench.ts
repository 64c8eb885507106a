/** A place of a person for journeys that begin where there is one already. */
import type { Page } from '@playwright/test';
import { ask } from './device';
import { COMMUNITY } from './fixtures';

export const BENCH = {
  type: 'Feature',
  properties: {
    name: 'Bench', being: true, doing: false, story: null, feelings: [{ feeling: 'calm', strength: 2 }], home: false, precision: 'block',
    share: { research: false, published_maps: false, public_story: false },
  },
};

/** In the middle of the town, where nothing else is said. */
export const placed = async (page: Page, place: object): Promise<object> => {
  const { bounds: [west, south, east, north] } = await ask<{ bounds: [number, number, number, number] }>(page, '');
  return { geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] }, ...place };
};

/** A place of the person at the page, as the app itself would send it. */
export const save = async (page: Page, place: object = BENCH): Promise<string> =>
  page.evaluate(async ([community, body]) => {
    const answer = await fetch(`/api/communities/${community}/places`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { id: string }).id;
  }, [COMMUNITY, JSON.stringify(await placed(page, place))] as const);
