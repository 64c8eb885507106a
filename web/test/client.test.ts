import { afterEach, describe, expect, it, vi } from 'vitest';
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
});
