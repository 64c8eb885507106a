import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiaryWords } from '../src/api/types';
import type { PlaceBody } from '../src/offline/items';

const COMMUNITY = 'kaldavere';
const PERSON = 'p';
const BODY = { type: 'Feature', geometry: { type: 'Point', coordinates: [26.7, 58.3] }, properties: { being: true } } as unknown as PlaceBody;
const DAY: DiaryWords = { date: '2026-05-17', text: 'Rain', feelings: [] };

/** What was asked of the server, in order. */
let asked: string[];
let answers: (method: string, path: string) => Response | Promise<Response>;

const made = (id: string): Response => new Response(JSON.stringify({ id, ...DAY }), { status: 201 });

beforeEach(() => {
  vi.resetModules();
  asked = [];
  answers = () => made('made');
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', vi.fn((path: string, { method }: RequestInit) => {
    asked.push(`${method ?? 'GET'} ${path.replace(`/api/communities/${COMMUNITY}`, '')}`);
    return Promise.resolve(answers(method ?? 'GET', path));
  }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The modules of one page, on a device of its own. */
async function page() {
  const [outbox, forms, states, { device }] = await Promise.all([
    import('../src/offline/outbox'), import('../src/offline/keptForms'), import('../src/offline/lastState'), import('../src/app/device'),
  ]);
  await outbox.openOutbox(COMMUNITY, PERSON);
  const form = (what: string) => forms.formName(COMMUNITY, PERSON, what);
  const add = () => outbox.enqueue({ id: 'k', kind: 'add', place: '', label: 'Bench', body: BODY });
  return { ...outbox, ...forms, ...states, form, add, device: await device() };
}

describe('the outbox', () => {
  it('does not bring back what was changed while it was being read', async () => {
    vi.stubGlobal('navigator', { onLine: false, locks: { request: (_: string, act: () => Promise<void>) => act() } });
    const { add, device: vault, flush, replace, waiting } = await page();
    const item = await add();
    let go: (() => void) | undefined;
    const get = vault.get.bind(vault);
    vi.spyOn(vault, 'get').mockImplementation(async <T>(name: string) => {
      const value = await get(name);
      // The first look at it takes its time.
      if (name.startsWith('outbox:') && !go) await new Promise<void>((resolve) => (go = resolve));
      return value as T | undefined;
    });
    const flushing = flush();
    await vi.waitFor(() => expect(go).toBeDefined());
    await replace({ ...item, label: 'Changed' });
    go?.();
    await flushing;
    expect(waiting.value.map(({ label }) => label)).toEqual(['Changed']);
  });
});

describe('a new place that gets its name from the server', () => {
  it('takes along what is being written in its diary and to its photo, and leaves nothing begun under the old name', async () => {
    const { add, flush, form, keepForm, keptState, formsBegun, device } = await page();
    await add();
    keepForm(form('diary new:k'), DAY);
    keepForm(form('photo new:k'), { said: { caption: 'Tiles' }, asked: true });
    await flush();
    expect(await device.names('form:')).toEqual([form('diary made'), form('photo made')]);
    expect(await keptState(form('diary made'))).toEqual(DAY);
    expect(formsBegun.value).toBe(2);
    keepForm(form('diary made'), null);
    keepForm(form('photo made'), null);
    expect(formsBegun.value).toBe(0);
  });

  it('keeps what was written under the new name already', async () => {
    const { form, keepForm, keptState, renameForm } = await page();
    keepForm(form('diary new:k'), DAY);
    keepForm(form('diary made'), { ...DAY, text: 'Rain, then sun' });
    await renameForm(form('diary new:k'), form('diary made'));
    expect(await keptState(form('diary made'))).toEqual({ ...DAY, text: 'Rain, then sun' });
    expect(await keptState(form('diary new:k'))).toBeNull();
  });

  it('is still found by its first name after a reload, and what is saved under that name is sent', async () => {
    const { add, flush, closeOutbox, openOutbox, settledAs, enqueue, waiting } = await page();
    await add();
    await flush();
    closeOutbox();
    expect(settledAs.value.size).toBe(0);
    await openOutbox(COMMUNITY, PERSON);
    expect(settledAs.value.get('new:k')).toBe('made');
    asked = [];
    await enqueue({ id: 'd', kind: 'diary', place: 'new:k', label: 'a day', body: DAY });
    await flush();
    expect(asked).toEqual(['POST /places/made/diary']);
    expect(waiting.value).toEqual([]);
  });
});

describe('a photo that gets its name from the server', () => {
  it('is known by both, so that what was arranged before stays arranged', async () => {
    const { enqueue, flush, settledAs } = await page();
    await enqueue({ id: 'f', kind: 'photo', place: 'a', label: 'a photo', body: null, bytes: new Uint8Array([1]) });
    await flush();
    expect(settledAs.value.get('f')).toBe('made');
  });
});

describe('a day that is sent while it is being changed', () => {
  it('takes the words that are not saved yet along', async () => {
    const { enqueue, flush, form, keepForm, keptState } = await page();
    await enqueue({ id: 'd', kind: 'diary', place: 'a', label: 'a day', body: DAY });
    keepForm(form('entry d'), { ...DAY, text: 'Rain, and then' });
    await flush();
    expect(await keptState(form('entry made'))).toEqual({ ...DAY, text: 'Rain, and then' });
    expect(await keptState(form('entry d'))).toBeNull();
  });
});

describe('something new that is deleted before it was sent', () => {
  /** A place that waits without a network, and a photo of it. */
  async function unsent() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const opened = await page();
    const deletions = await import('../src/views/share/deletions');
    const place = await opened.add();
    await opened.enqueue({ id: 'f', kind: 'photo', place: 'new:k', label: 'a photo', body: null, bytes: new Uint8Array([1]) });
    return { ...opened, ...deletions, place };
  }

  it('stays on this phone for ten seconds, unsent with all that hangs on it, and is gone then without a network, too', async () => {
    const { dropSoon, flush, place, leaving, waiting, device } = await unsent();
    await dropSoon(place);
    await flush();
    expect([...leaving.value]).toEqual(['new:k']);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(waiting.value.map(({ id }) => id)).toEqual(['k', 'f']);
    vi.stubGlobal('navigator', { onLine: false });
    await vi.advanceTimersByTimeAsync(200);
    expect(waiting.value).toEqual([]);
    expect(await device.names('bytes:')).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is kept and sent when that is undone', async () => {
    const { dropSoon, undoDelete, flush, place, leaving, waiting } = await unsent();
    await dropSoon(place);
    await undoDelete('new:k');
    await flush();
    expect(leaving.value.size).toBe(0);
    expect(asked).toEqual(['POST /places', 'POST /places/made/photos']);
    expect(waiting.value).toEqual([]);
  });

  it('is gone at once when the person signs out', async () => {
    const { dropSoon, deleteAllNow, place, waiting } = await unsent();
    await dropSoon(place);
    await deleteAllNow();
    expect([waiting.value, asked]).toEqual([[], []]);
  });

  it('can still be kept for as long when it was on its way already, and is deleted at the server after that', async () => {
    const { dropSoon, flush, place, leaving, waiting } = await unsent();
    let answer = (_: Response) => {};
    answers = () => new Promise((resolve) => (answer = resolve));
    const sending = flush();
    await vi.waitFor(() => expect(asked).toEqual(['POST /places']));
    await dropSoon(place);
    answers = (method) => (method === 'DELETE' ? new Response(null, { status: 204 }) : made('f1'));
    answer(made('made'));
    await sending;
    expect([...leaving.value]).toEqual(['made']);
    expect(waiting.value.map(({ kind, place: at }) => [kind, at])).toContainEqual(['delete', 'made']);
    await vi.advanceTimersByTimeAsync(10_100);
    await flush();
    expect(asked).toContain('DELETE /places/made');
    expect(waiting.value).toEqual([]);
  });
});
