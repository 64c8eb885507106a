/** Joining and withdrawing over a network that loses answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, Unreachable } from '../src/api/client';
import type { Me } from '../src/api/types';
import { device, leavingName } from '../src/app/device';
import { loadMe, me } from '../src/app/session';
import { withdraw, receiptOf } from '../src/offline/leave';
import { endJoining, isJoining, joiningKey } from '../src/views/share/joining';
import { withdrawal } from '../src/views/share/withdrawal';

// Pages that close are listened to when their modules load; here is no page.
vi.hoisted(() => vi.stubGlobal('addEventListener', () => undefined));

const ID = '0b0e7d5c-31f5-4f0e-9a51-7c1f2a9d8e64';
/** SHA-256 of the sixteen bytes of the identifier. */
const RECEIPT = '512f13a0ec0f85104eaaa9d828ed3fa854c20d97bb68fd23becebc6e2e19ad42';
const anna = { participant: ID, places: 2 } as Me;

const memory = () => {
  const kept = new Map<string, string>();
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value), removeItem: (name: string) => void kept.delete(name) };
};

type Reply = [status: number, body: unknown] | 'lost';

/** The server's answers one after the other. */
function answers(...replies: Reply[]): void {
  vi.stubGlobal('fetch', vi.fn(() => {
    const reply = replies.shift();
    if (!reply || reply === 'lost') return Promise.reject(new TypeError('no network'));
    return Promise.resolve(new Response(JSON.stringify(reply[1]), { status: reply[0] }));
  }));
}

const signedOut: Reply = [401, { type: 'urn:stead:problem:unauthorised', detail: 'this sign-in has ended' }];

beforeEach(() => {
  vi.stubGlobal('localStorage', memory());
  vi.stubGlobal('history', { pushState: () => undefined });
  vi.stubGlobal('location', { pathname: '/kaldavere/share/withdrawn', search: '' });
  vi.stubGlobal('window', { scrollTo: () => undefined });
  withdrawal.value = null;
  me.value = anna;
});

afterEach(() => void vi.unstubAllGlobals());

describe('withdrawing', () => {
  it('shows the receipt of the server, and leaves nothing on the device', async () => {
    await (await device()).put(`places:c:${ID}`, ['Bench']);
    answers([200, { receipt: RECEIPT, places_removed: 2, backups_gone_by: '2026-12-28T10:00:00Z' }]);
    await withdraw('c');
    expect([withdrawal.value?.receipt, me.value, await (await device()).names('')]).toEqual([RECEIPT, null, []]);
  });

  it('counts as done when the answer was lost and nobody is known any more: the same receipt, and nothing left on the device', async () => {
    await (await device()).put(`places:c:${ID}`, ['Bench']);
    answers('lost', signedOut);
    await expect(withdraw('c')).rejects.toBeInstanceOf(Unreachable);
    expect([withdrawal.value, me.value]).toEqual([null, anna]);
    await withdraw('c');
    expect(withdrawal.value).toMatchObject({ receipt: RECEIPT, places_removed: 2 });
    expect([me.value, await (await device()).names('')]).toEqual([null, []]);
  });

  it('counts as done after the page was loaded again, too', async () => {
    await (await device()).put(`places:c:${ID}`, ['Bench']);
    answers([503, {}], signedOut);
    await expect(withdraw('c')).rejects.toMatchObject({ status: 503 });
    me.value = null;
    await loadMe('c');
    expect(withdrawal.value).toMatchObject({ receipt: RECEIPT, places_removed: 2 });
    expect(await (await device()).names('')).toEqual([]);
  });

  it('does not count as done for somebody whose sign-in has ended before they asked for it', async () => {
    answers(signedOut);
    await expect(withdraw('c')).rejects.toMatchObject({ status: 401 });
    expect([withdrawal.value, await (await device()).get(leavingName('c'))]).toEqual([null, undefined]);
  });

  it('is forgotten when the person is still here: a sign-in that ends later tells nobody that they are deleted', async () => {
    answers('lost', [200, anna], signedOut);
    await expect(withdraw('c')).rejects.toBeInstanceOf(Unreachable);
    await loadMe('c');
    await loadMe('c');
    expect([withdrawal.value, me.value]).toEqual([null, null]);
  });

  it('has the receipt that the server gives', async () => expect(await receiptOf(ID)).toBe(RECEIPT));
});

describe('joining', () => {
  it('keeps its key until the code has been shown, and takes another one for somebody new', () => {
    expect(isJoining('c')).toBe(false);
    const key = joiningKey('c');
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect([joiningKey('c'), isJoining('c'), isJoining('d')]).toEqual([key, true, false]);
    endJoining('c');
    expect(isJoining('c')).toBe(false);
    expect(joiningKey('c')).not.toBe(key);
    endJoining('c');
  });

  it('sends the key, and tells why an invitation lets nobody in', async () => {
    answers([422, { type: 'urn:stead:problem:invalid-input', detail: 'x', field: 'invitation', reason: 'invitation-used-up' }]);
    const refused = api.join('c', 'et', { version: '2026-2', research: false, published_maps: false, public_story: false }, 'A', 'k');
    await expect(refused).rejects.toMatchObject({ field: 'invitation', reason: 'invitation-used-up' });
    expect(fetch).toHaveBeenCalledWith('/api/communities/c/participants', expect.objectContaining({ headers: expect.objectContaining({ 'Idempotency-Key': 'k' }) as unknown }));
  });
});
