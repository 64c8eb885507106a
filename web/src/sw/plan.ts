/** What the service worker does with a request. Pure: the address decides, and nothing personal is ever kept by it. */

export type Plan =
  /** The page itself: from the network while there is one, else the kept one. */
  | 'page'
  /** Files with a hash in their name never change. */
  | 'file'
  /** Public answers of the interface: the newest, else the kept one. Never stories: they are taken back at once. */
  | 'public'
  /** The basemap, if the person asked to keep it. */
  | 'basemap'
  /** Not our business: changes, and everything of a person's own. */
  | 'leave';

const PUBLIC = /^\/api\/communities(\/[^/]+(\/(neighbourhoods|supports))?)?$/;

export function planFor({ method, mode }: { method: string; mode: string }, url: URL, own: string): Plan {
  if (method !== 'GET' || url.origin !== own) return 'leave';
  if (mode === 'navigate') return /^\/(api|ogc|hsds|tiles)(\/|$)/.test(url.pathname) ? 'leave' : 'page';
  if (url.pathname.startsWith('/assets/') || /^\/(icon-\d+\.png|manifest(\.[a-z]+)?\.webmanifest)$/.test(url.pathname)) return 'file';
  if (url.pathname === '/basemap.pmtiles') return 'basemap';
  // Where somebody searches says where they are: such answers are not kept.
  if (PUBLIC.test(url.pathname) && !url.searchParams.has('near') && !url.searchParams.has('bbox')) return 'public';
  return 'leave';
}
