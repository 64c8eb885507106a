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
  const [outbox, forms, { device }] = await Promise.all([import('../src/offline/outbox'), import('../src/offline/keptForms'), import('../src/app/device')]);
  await outbox.openOutbox(COMMUNITY, PERSON);
  const form = (what: string) => forms.formName(COMMUNITY, PERSON, what);
  const add = () => outbox.enqueue({ id: 'k', kind: 'add', place: '', label: 'Bench', body: BODY });
  return { ...outbox, ...forms, form, add, device: await device() };
}

describe('a new place that gets its name from the server', () => {
  it('takes along what is being written in its diary and to its photo, and leaves nothing begun under the old name', async () => {
    const { add, flush, form, keepForm, keptForm, formsBegun, device } = await page();
    await add();
    keepForm(form('diary new:k'), DAY);
    keepForm(form('photo new:k'), { said: { caption: 'Tiles' }, asked: true });
    await flush();
    expect(await device.names('form:')).toEqual([form('diary made'), form('photo made')]);
    expect(await keptForm(form('diary made'))).toEqual(DAY);
    expect(formsBegun.value).toBe(2);
    keepForm(form('diary made'), null);
    keepForm(form('photo made'), null);
    expect(formsBegun.value).toBe(0);
  });

  it('keeps what was written under the new name already', async () => {
    const { form, keepForm, keptForm, renameForm } = await page();
    keepForm(form('diary new:k'), DAY);
    keepForm(form('diary made'), { ...DAY, text: 'Rain, then sun' });
    await renameForm(form('diary new:k'), form('diary made'));
    expect(await keptForm(form('diary made'))).toEqual({ ...DAY, text: 'Rain, then sun' });
    expect(await keptForm(form('diary new:k'))).toBeNull();
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

describe('a day that is sent while it is being changed', () => {
  it('takes the words that are not saved yet along', async () => {
    const { enqueue, flush, form, keepForm, keptForm } = await page();
    await enqueue({ id: 'd', kind: 'diary', place: 'a', label: 'a day', body: DAY });
    keepForm(form('entry d'), { ...DAY, text: 'Rain, and then' });
    await flush();
    expect(await keptForm(form('entry made'))).toEqual({ ...DAY, text: 'Rain, and then' });
    expect(await keptForm(form('entry d'))).toBeNull();
  });
});
