/** Every page that there is, by who sees it: the list that Lighthouse and pa11y walk through as well. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { COMMUNITY } from './fixtures';

export type Who = 'everybody' | 'participant' | 'researcher' | 'planner' | 'steward';

export const PAGES = JSON.parse(readFileSync(join(__dirname, '../pages/pages.json'), 'utf8')) as Record<Who, string[]>;

/** The addresses of some pages, with the ids of a place of the person at the page, an area and a support in them. */
export async function addressesOf(page: Page, pages: readonly string[]): Promise<{ name: string; address: string }[]> {
  const sources: Record<string, string> = { area: 'neighbourhoods', support: 'supports?limit=1', place: 'places?limit=1' };
  const ids = new Map<string, string>();
  for (const name of new Set(pages.flatMap((path) => /\{(\w+)\}/.exec(path)?.[1] ?? []))) {
    const answer = await page.request.get(`${process.env['STEAD_URL']}/api/communities/${COMMUNITY}/${sources[name]}`);
    ids.set(name, ((await answer.json()) as { features: { id: string }[] }).features[0]?.id ?? '');
  }
  return pages.map((path) => ({ name: path, address: `/${COMMUNITY}/${path.replace(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? '')}` }));
}
