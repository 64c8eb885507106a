import { describe, expect, it } from 'vitest';
import type { Place, Question } from '../src/api/types';
import { answersOnly, asked, readNumber, unreadable } from '../src/views/share/add/questions';
import { aside, draft, draftOf, emptyDraft, isPlaced, isUntouched, proposedPrecision, requestOf, takeUp, tooFine, withFeeling, withHome, withHomelike, withPoint, withShape, withoutLast } from '../src/views/share/add/draft';
import { readSince } from '../src/views/share/add/since';
import { identifierOf } from '../src/views/share/add/words';

const saved: Place = {
  type: 'Feature',
  id: '0199f3a0-0000-7000-8000-000000000001',
  geometry: { type: 'Point', coordinates: [26.7235091, 58.3815046] },
  properties: {
    name: 'Bench', being: true, doing: false, story: null, feelings: [{ feeling: 'calm', strength: 3 }], home: false, precision: 'block',
    share: { research: true, published_maps: false, public_story: false },
    chime: ['hope'], created_at: '2026-09-01T00:00:00Z', updated_at: '2026-09-01T00:00:00Z', photos: [], diary: [],
  },
};

describe('what is sent', () => {
  it('is the middle of the chosen area, never the point itself', async () => {
    const draft = { ...emptyDraft(), corners: [[26.7225, 58.3806]] as [number, number][], being: true, precision: 'block' as const, name: '  ', story: 'Soup' };
    const request = await requestOf(draft, []);
    expect(request.geometry).toEqual({ type: 'Point', coordinates: [26.7235091, 58.3815046] });
    expect(request.properties).toMatchObject({ name: null, story: 'Soup', share: { research: false, published_maps: false, public_story: false } });
    expect(JSON.stringify(request)).not.toContain('26.7225,');
  });

  it('carries through an edit what the questions did not ask, and leaves out what the server writes', async () => {
    const request = await requestOf({ ...draftOf(saved, '"1"'), name: 'Old bench' }, []);
    expect(request.geometry).toEqual(saved.geometry);
    expect(request.properties).toMatchObject({ name: 'Old bench', chime: ['hope'] });
    for (const written of ['created_at', 'updated_at', 'photos', 'diary']) expect(request.properties).not.toHaveProperty(written);
  });

  it('keeps the shape of a walk', async () => {
    const walk: Place = { ...saved, geometry: { type: 'LineString', coordinates: [[26.72, 58.38], [26.73, 58.39]] } };
    expect((await requestOf(draftOf(walk, '"1"'), [])).geometry).toEqual(walk.geometry);
  });

  it('makes every corner of a walk, and the outline of an area, less exact on this device', async () => {
    const walk = { ...emptyDraft(), shape: 'walk' as const, being: true, corners: [[26.72, 58.38], [26.7203, 58.3801], [26.73, 58.39]] as [number, number][] };
    const { geometry } = await requestOf(walk, []);
    expect(geometry.type).toBe('LineString');
    expect(JSON.stringify(geometry)).not.toMatch(/26\.72,|26\.7203|58\.39\b/);
    const area = { ...walk, shape: 'area' as const, precision: 'street' as const, corners: [[26.70, 58.37], [26.74, 58.37], [26.74, 58.39], [26.72, 58.375]] as [number, number][] };
    const outline = (await requestOf(area, [])).geometry;
    expect(outline.type === 'Polygon' && outline.coordinates[0]?.length).toBe(4);
    expect(outline.type === 'Polygon' && outline.coordinates[0]?.[0]).toEqual(outline.type === 'Polygon' && outline.coordinates[0]?.at(-1));
  });

  it('sends when, how often and what is given, and nothing for what was skipped', async () => {
    const draft = { ...emptyDraft(), corners: [[26.7225, 58.3806]] as [number, number][], doing: true, often: 'weekly', parts: ['evening'], since: '2019', support: { received: [], given: ['emotional' as const] } };
    expect((await requestOf(draft, [])).properties).toMatchObject({ rhythm: { often: 'weekly', parts: ['evening'] }, since: '2019', support: { received: [], given: ['emotional'] } });
    expect((await requestOf({ ...draft, often: null, parts: [], since: '' }, [])).properties).toMatchObject({ rhythm: null, since: null });
  });

  it('has a key of its own for every draft', () => {
    expect(emptyDraft().key).toMatch(/^[0-9a-f]{32}$/);
    expect(emptyDraft().key).not.toBe(emptyDraft().key);
  });
});

describe('the questions', () => {
  it('make a home an area, and leave a coarser choice alone', () => {
    expect(withHome({ ...emptyDraft(), precision: 'street' }, true)).toEqual({ home: true, precision: 'area' });
    expect(withHome({ ...emptyDraft(), precision: 'area' }, true)).toEqual({ home: true });
    expect(withHome({ ...emptyDraft(), precision: 'street' }, false)).toEqual({ home: false });
  });

  it('begin with the area where people may live, and leave a coarser choice alone', () => {
    expect(withHomelike({ ...emptyDraft(), precision: 'street' })).toEqual({ precision: 'area' });
    expect(withHomelike({ ...emptyDraft(), precision: 'area' })).toEqual({});
  });

  it('are put aside while another place is open, and taken up again', () => {
    const begun = { ...emptyDraft(), story: 'Half a sentence' };
    draft.value = begun;
    aside.value = [];
    takeUp(saved.id, draftOf(saved, '"1"'));
    expect([draft.value?.saved?.id, aside.value]).toEqual([saved.id, [begun]]);
    draft.value = { ...draftOf(saved, '"1"'), name: 'Changed, not saved' };
    takeUp(null, emptyDraft());
    expect([draft.value, aside.value.map(({ name }) => name)]).toEqual([begun, ['Changed, not saved']]);
    takeUp(saved.id, draftOf(saved, '"2"'));
    expect([draft.value?.name, aside.value]).toEqual(['Changed, not saved', [begun]]);
    // Nothing was changed: there is nothing to put aside.
    draft.value = draftOf(saved, '"2"');
    takeUp(null, emptyDraft());
    expect([draft.value, aside.value]).toEqual([begun, []]);
    draft.value = null;
  });

  it('are lost to nobody who has said nothing yet', () => {
    expect(isUntouched(emptyDraft())).toBe(true);
    expect(isUntouched({ ...emptyDraft(), story: 'a' })).toBe(false);
  });

  it('cannot make a saved place finer, until it is placed again', () => {
    const finer = { ...draftOf(saved, '"1"'), precision: 'street' as const };
    expect(tooFine(finer)).toBe(true);
    expect(tooFine({ ...finer, ...withPoint(finer, [26.72, 58.38], '') })).toBe(false);
  });

  it('choose several feelings, change a strength in place, and take one away', () => {
    const two = withFeeling(withFeeling([], 'calm', 2), 'hope', 2);
    expect(withFeeling(two, 'calm', 3)).toEqual([{ feeling: 'calm', strength: 3 }, { feeling: 'hope', strength: 2 }]);
    expect(withFeeling(two, 'calm', null)).toEqual([{ feeling: 'hope', strength: 2 }]);
  });

  it('are never told more exactly for want of an answer', () => {
    const skipped = (part: object) => proposedPrecision({ ...emptyDraft(), ...part });
    expect([skipped({}), skipped({ precision: 'exact' }), skipped({ precision: 'area' }), skipped({ precision: 'street', home: true })]).toEqual(['block', 'block', 'area', 'area']);
    expect(proposedPrecision({ ...draftOf(saved, '"1"'), precision: 'exact' })).toBe(saved.properties.precision);
  });
});

describe('drawing', () => {
  it('adds corners in order, takes the last one back, and keeps one of them for a pin', () => {
    const walk = { ...emptyDraft(), shape: 'walk' as const };
    const two = { ...walk, ...withPoint({ ...walk, ...withPoint(walk, [1, 1], null) }, [2, 2], null) };
    expect(two.corners).toEqual([[1, 1], [2, 2]]);
    expect(withoutLast(two).corners).toEqual([[1, 1]]);
    expect(withShape(two, 'pin').corners).toEqual([[1, 1]]);
    expect(isPlaced(two)).toBe(true);
    expect(isPlaced({ ...two, shape: 'area' })).toBe(false);
  });
});

describe('since when', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  it.each([['2019', '2019'], [' 5.2019 ', '2019-05'], ['2019-05', '2019-05'], ['17.5.2019', '2019-05-17'], ['2019-05-17', '2019-05-17']])('reads %s', (typed, meant) => {
    expect(readSince(typed, now)).toBe(meant);
  });
  it.each(['soon', '2027', '13.2019', '31.2.2019', '1850', '19', '1.2.3.2019', ''])('does not take %s', (typed) => {
    expect(readSince(typed, now)).toBeNull();
  });
});

describe('a word of one’s own', () => {
  it('becomes an identifier that the server takes', () => {
    expect(['Jõe ääres istumine', 'gå på ski', '  ', 'Tea & cake', 'ØL'].map(identifierOf)).toEqual(['joe_aares_istumine', 'ga_pa_ski', null, 'tea_cake', 'ol']);
  });
});

describe('the community’s own questions', () => {
  const items: Question[] = [
    { id: 'say', kind: 'single', text: { en: 'Do you have a say here?' }, options: [{ id: 'yes', text: { en: 'Yes' } }, { id: 'no', text: { en: 'No' } }], purpose: 'research' },
    { id: 'how', kind: 'multiple', text: { en: 'How?' }, options: [{ id: 'vote', text: { en: 'By voting' } }], show_if: { question: 'say', is: ['yes'] }, purpose: 'research' },
    { id: 'more', kind: 'text', text: { en: 'Tell more' }, show_if: { question: 'how', is: ['vote'] }, purpose: 'research' },
  ];

  it('are asked one after the other, and those that hang on an unasked one are not', () => {
    expect(asked(items, {}).map(({ id }) => id)).toEqual(['say']);
    expect(asked(items, { say: 'yes', how: ['vote'] }).map(({ id }) => id)).toEqual(['say', 'how', 'more']);
    expect(asked(items, { say: 'no', how: ['vote'] }).map(({ id }) => id)).toEqual(['say']);
  });

  it('leave no answer behind to what is no longer asked', () => {
    expect(answersOnly(items, { say: 'no', how: ['vote'], more: 'x' })).toEqual({ say: 'no' });
    expect(answersOnly(items, { say: 'yes', how: [], more: '' })).toEqual({ say: 'yes' });
  });

  it('are sent with the place', async () => {
    const draft = { ...emptyDraft(), corners: [[26.7225, 58.3806]] as [number, number][], doing: true };
    expect((await requestOf(draft, [])).properties).not.toHaveProperty('answers');
    expect((await requestOf({ ...draft, answers: { say: 'yes' } }, items)).properties.answers).toEqual({ say: 'yes' });
  });

  it('take with them what the community has changed since', () => {
    expect(answersOnly(items, { say: 'perhaps', gone: 'x', how: ['vote'] })).toEqual({});
    expect(answersOnly(items, { say: 'yes', how: ['vote', 'shout'], more: ' Chairs. ' })).toEqual({ say: 'yes', how: ['vote'], more: 'Chairs.' });
    // It was a question with one answer, and became one with several; or the other way round.
    expect(answersOnly(items, { say: ['yes'], how: 'vote' })).toEqual({ say: 'yes', how: ['vote'] });
  });

  it('send numbers as numbers whichever way the person left, and know which one is none', async () => {
    const number: Question = { id: 'n', kind: 'number', text: {}, min: 0, max: 10, purpose: 'research' };
    const draft = { ...emptyDraft(), corners: [[26.7225, 58.3806]] as [number, number][], doing: true };
    expect((await requestOf({ ...draft, answers: { n: ' 7,5 ' } }, [number])).properties.answers).toEqual({ n: 7.5 });
    expect([{ n: 'many' }, { n: '11' }, { n: '' }, { n: 3 }].map((answers) => unreadable([number], answers)?.id)).toEqual(['n', 'n', undefined, undefined]);
  });

  it('read numbers within their limits', () => {
    const item: Question = { id: 'n', kind: 'number', text: {}, min: 0, max: 10, purpose: 'research' };
    expect(['7,5', '0', '11', 'many', ' '].map((typed) => readNumber(typed, item))).toEqual([7.5, 0, null, null, null]);
  });
});
