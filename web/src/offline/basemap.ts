/** The community's map on this device, when the person asks for it. */
const CACHE = 'stead-basemap';
const ADDRESS = '/basemap.pmtiles';
/** Larger than this, it would fill a cheap phone; nobody asks for it by mistake. */
export const MOST_BYTES = 50_000_000;

/** What can be kept at all: service workers need https, or this machine. */
export const canKeepMap = (): boolean => 'caches' in globalThis && 'serviceWorker' in navigator;

export async function mapSize(): Promise<number | null> {
  const answer = await fetch(ADDRESS, { method: 'HEAD' });
  const length = Number(answer.headers.get('Content-Length'));
  return answer.ok && length > 0 ? length : null;
}

export async function keptMapSize(): Promise<number | null> {
  const held = await (await caches.open(CACHE)).match(ADDRESS);
  return held ? (await held.blob()).size : null;
}

/** The file, and the program that draws it. */
export async function keepMap(): Promise<void> {
  const answer = await fetch(ADDRESS);
  if (!answer.ok) throw new Error('the map did not come');
  await (await caches.open(CACHE)).put(ADDRESS, answer);
  const { fetchForLater } = await import('../map/engine');
  await fetchForLater();
}

export async function dropMap(): Promise<void> {
  await caches.delete(CACHE);
}
