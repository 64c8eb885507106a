import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Counted } from '../src/api/counting';
import { api, Problem, Unreachable } from '../src/api/client';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers }))));

afterEach(() => void vi.unstubAllGlobals());

describe('the client', () => {
  it('turns a problem document into what, where and why', async () => {
    answer(422, { type: 'urn:stead:problem:invalid-input', detail: 'Too strong.', field: 'properties.feelings[0].strength' });
    await expect(api.me('c')).rejects.toMatchObject({ status: 422, kind: 'invalid-input', detail: 'Too strong.', field: 'properties.feelings[0].strength' });
  });

  it('survives an error that is no problem document', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('<html>', { status: 502 }))));
    await expect(api.me('c')).rejects.toBeInstanceOf(Problem);
  });

  it('says when nobody answered', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('no network'))));
    await expect(api.communities()).rejects.toBeInstanceOf(Unreachable);
  });

  it('asks for supports in the body, and sends the key and the version where they belong', async () => {
    answer(200, {});
    await api.supports('a b', { limit: 10, near: [26, 58] });
    expect(fetch).toHaveBeenLastCalledWith('/api/communities/a%20b/supports/search', expect.objectContaining({ method: 'POST', body: '{"limit":10,"near":[26,58]}', credentials: 'same-origin' }));
    answer(204, null);
    await api.deletePlace('c', 'id');
    expect(fetch).toHaveBeenLastCalledWith('/api/communities/c/places/id', expect.objectContaining({ method: 'DELETE', keepalive: true, headers: expect.objectContaining({ 'If-Match': '*' }) as unknown }));
  });

  it('asks for a file what the page asked for itself', async () => {
    answer(200, {});
    const counted: Counted = { kind: 'library', form: null, support: 'emotional', free: true, low: false };
    await api.access('a b', counted, 15);
    expect(fetch).toHaveBeenLastCalledWith(api.package.access('a b', counted, 15).replace('access.gpkg', 'access'), expect.anything());
    await api.rhythm('a b', counted);
    expect(fetch).toHaveBeenLastCalledWith(api.package.rhythm('a b', counted).replace('rhythm.gpkg', 'rhythm'), expect.anything());
    await api.hotspots('a b', 'r', 'relative', 'neighbourhoods');
    expect(fetch).toHaveBeenLastCalledWith(api.package.hotspots('a b', 'r', 'relative', 'neighbourhoods').replace('hotspots.gpkg', 'hotspots'), expect.anything());
    await api.difference('a b', 'r', 'f', 'quality', 'neighbourhoods');
    expect(fetch).toHaveBeenLastCalledWith(api.package.difference('a b', 'r', 'f', 'quality', 'neighbourhoods').replace('difference.gpkg', 'difference'), expect.anything());
  });
});
