import { afterEach, describe, expect, it, vi } from 'vitest';
import { SharedParts } from '../src/map/sharedParts';

const ADDRESS = 'https://stead.example/basemap.pmtiles';

/** The network: each request waits until it is answered, and knows whether it was given up. */
function network(answer: (asked: { range: string; cache: string | undefined }) => Uint8Array<ArrayBuffer> = ({ range }) => bytesOf(range)) {
  const asked: { range: string; cache: string | undefined; signal: AbortSignal; reply: () => void }[] = [];
  vi.stubGlobal('fetch', (_: string, { headers, cache, signal }: { headers: Headers; cache?: string; signal: AbortSignal }) => new Promise<Response>((resolve, reject) => {
    const range = headers.get('range') ?? '';
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    asked.push({ range, cache, signal, reply: () => resolve(new Response(answer({ range, cache }), { status: 206 })) });
  }));
  return asked;
}

/** As many bytes as were asked for. */
function bytesOf(range: string): Uint8Array<ArrayBuffer> {
  const [, first = '0', last = '0'] = /bytes=(\d+)-(\d+)/.exec(range) ?? [];
  return new Uint8Array(Number(last) - Number(first) + 1).fill(7);
}

const lengthOf = async (part: Promise<{ data: ArrayBuffer }>): Promise<number> => (await part).data.byteLength;

describe('a file that several maps ask for parts of', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('fetches a part once, however many wait for it', async () => {
    const asked = network();
    const file = new SharedParts(ADDRESS);
    const parts = [file.getBytes(100, 20), file.getBytes(100, 20, new AbortController().signal), file.getBytes(100, 20), file.getBytes(300, 5)];
    expect(asked.map(({ range }) => range)).toEqual(['bytes=100-119', 'bytes=300-304']);
    for (const { reply } of asked) reply();
    expect(await Promise.all(parts.map(lengthOf))).toEqual([20, 20, 20, 5]);
  });

  it('fetches a part again once it has come: it keeps nothing itself', async () => {
    const asked = network();
    const file = new SharedParts(ADDRESS);
    const first = file.getBytes(0, 8);
    asked[0]?.reply();
    await first;
    const second = file.getBytes(0, 8);
    expect(asked).toHaveLength(2);
    asked[1]?.reply();
    expect(await lengthOf(second)).toBe(8);
  });

  it('asks anew, past the cache, for a part that comes without its bytes', async () => {
    const asked = network(({ range, cache }) => (cache === 'reload' ? bytesOf(range) : new Uint8Array()));
    const part = new SharedParts(ADDRESS).getBytes(36660, 2514);
    asked[0]?.reply();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toMatchObject({ range: 'bytes=36660-39173', cache: 'reload' });
    asked[1]?.reply();
    expect(await lengthOf(part)).toBe(2514);
  });

  it('takes a part from nobody when one of them goes away', async () => {
    const asked = network();
    const file = new SharedParts(ADDRESS);
    const away = new AbortController();
    const given = file.getBytes(0, 8, away.signal);
    const kept = file.getBytes(0, 8, new AbortController().signal);
    away.abort();
    await expect(given).rejects.toThrow('abort');
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.reply();
    expect(await lengthOf(kept)).toBe(8);
  });

  it('stops fetching when nobody waits any more, and begins anew for the next', async () => {
    const asked = network();
    const file = new SharedParts(ADDRESS);
    const away = [new AbortController(), new AbortController()];
    const given = away.map(({ signal }) => file.getBytes(0, 8, signal));
    for (const one of away) one.abort();
    for (const one of given) await expect(one).rejects.toThrow('abort');
    expect(asked[0]?.signal.aborted).toBe(true);
    const next = file.getBytes(0, 8);
    expect(asked).toHaveLength(2);
    asked[1]?.reply();
    expect(await lengthOf(next)).toBe(8);
  });

  it('says why a part did not come, to everybody who waits', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 503 })));
    const file = new SharedParts(ADDRESS);
    const parts = [file.getBytes(0, 8), file.getBytes(0, 8)];
    for (const part of parts) await expect(part).rejects.toThrow('503');
  });
});
