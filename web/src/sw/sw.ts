/**
 * The service worker: the app opens without a network. It keeps the app's own files, public answers, and the basemap on request.
 * What is a person's own is never kept here but in the page's vault, where a PIN can seal it.
 */
import { planFor } from './plan';
import { rangeOf } from './range';

const worker = self as unknown as ServiceWorkerGlobalScope;

/** The files of this build, written in by `vite.config.ts`; the version changes with them. */
const [VERSION = '', ...SHELL] = JSON.parse('__SHELL__') as string[];
const SHELL_CACHE = `stead-shell-${VERSION}`;
/** Larger files and public answers, kept when they are first used. */
const USED_CACHE = 'stead-used';
const BASEMAP_CACHE = 'stead-basemap';
/** A phone that believes to have a network and has none should not wait longer for what it has. */
const PATIENCE_MS = 4_000;

/** Rules that the browser follows without waking this worker; not every browser has them. */
type Routed = { addRoutes?: (rule: { condition: { requestMethod: string }; source: 'network' }) => Promise<void> };

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(SHELL)));
  // A deletion that is sent while the page closes is lost if it has to wait here for its turn.
  const routed = (event as Routed).addRoutes?.({ condition: { requestMethod: 'DELETE' }, source: 'network' });
  if (routed) event.waitUntil(routed.catch(() => undefined));
});

worker.addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('stead-shell-') && name !== SHELL_CACHE) await caches.delete(name);
    }
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  switch (planFor(request, new URL(request.url), worker.location.origin)) {
    case 'page': return event.respondWith(newestElse(request, () => caches.match('/')));
    case 'file': return event.respondWith(keptElse(request));
    case 'public': return event.respondWith(newestElse(request, () => caches.match(request), USED_CACHE));
    case 'basemap': return event.respondWith(basemap(request));
    case 'leave': return undefined;
  }
});

/** The network's answer; the kept one when none comes in time or the server is away. */
async function newestElse(request: Request, kept: () => Promise<Response | undefined>, keepIn?: string): Promise<Response> {
  const asked = fetch(request);
  try {
    const held = await kept();
    const answer = await (held ? Promise.race([asked, late()]) : asked);
    if (answer.status >= 500 && held) return held;
    if (answer.ok && keepIn) await (await caches.open(keepIn)).put(request, answer.clone());
    return answer;
  } catch (reason) {
    asked.catch(() => undefined);
    const held = await kept();
    if (held) return held;
    throw reason;
  }
}

const late = (): Promise<never> => new Promise((_, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS));

async function keptElse(request: Request): Promise<Response> {
  const held = await caches.match(request);
  if (held) return held;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(USED_CACHE)).put(request, answer.clone());
  return answer;
}

async function basemap(request: Request): Promise<Response> {
  const whole = await (await caches.open(BASEMAP_CACHE)).match('/basemap.pmtiles');
  if (!whole) return fetch(request);
  const file = await whole.blob();
  const asked = request.headers.get('Range');
  const headers = { 'Content-Type': 'application/octet-stream', ...(whole.headers.has('ETag') ? { ETag: whole.headers.get('ETag') ?? '' } : {}) };
  if (!asked) return new Response(file, { headers });
  const range = rangeOf(asked, file.size);
  if (!range) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${file.size}` } });
  const [first, last] = range;
  return new Response(file.slice(first, last + 1), { status: 206, headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${file.size}` } });
}
