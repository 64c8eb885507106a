import { describe, expect, it } from 'vitest';
import type { DiaryEntry, Place, PlaceInput } from '../src/api/types';
import { partsWithWaiting, placeOfNew, sameContent, waitsFor, withWaiting, type PlaceBody, type Waiting } from '../src/offline/items';
import { pauseBefore } from '../src/offline/pause';
import { planFor } from '../src/sw/plan';
import { rangeOf } from '../src/sw/range';

const place: Place = {
  type: 'Feature', id: 'a', geometry: { type: 'Point', coordinates: [26.7235091, 58.3815046] },
  properties: {
    name: 'Bench', being: true, doing: false, story: null, feelings: [{ feeling: 'calm', strength: 3 }], home: false, precision: 'block',
    share: { research: true, published_maps: false, public_story: false }, created_at: '2026-09-01T00:00:00Z', updated_at: '2026-09-01T00:00:00Z', photos: [], diary: [],
  },
};
const body: PlaceBody = { type: 'Feature', geometry: place.geometry, properties: { ...place.properties } };
const item = (part: Partial<Waiting>): Waiting => ({
  id: 'k', order: 1, community: 'c', participant: 'p', kind: 'add', place: '', label: 'Bench', at: '2026-11-23T12:00:00Z', body, etag: null, media: null,
  notBefore: 0, attempted: false, refused: null, ...part,
});

describe('places with what waits on this phone', () => {
  it('show new ones first, changes in place, and what is deleted not at all', () => {
    const changed = item({ id: 'm', order: 2, kind: 'change', place: 'a', body: { ...body, properties: { ...body.properties, name: 'Old bench' } } });
    const shown = withWaiting([place], [changed, item({})]);
    expect(shown.map(({ id, properties, waiting }) => [id, properties.name, waiting?.kind])).toEqual([[placeOfNew('k'), 'Bench', 'add'], ['a', 'Old bench', 'change']]);
    expect(withWaiting([place], [item({ kind: 'delete', place: 'a', body: null })])).toEqual([]);
    expect(withWaiting([place], [item({ kind: 'retract' })])).toEqual([place]);
  });

  it('a change after the addition that waits is drawn over it', () => {
    const later = item({ id: 'm', order: 2, kind: 'change', place: placeOfNew('k'), body: { ...body, properties: { ...body.properties, name: 'Later' } } });
    expect(withWaiting([], [later, item({})]).map(({ properties }) => properties.name)).toEqual(['Later']);
  });
});

describe('the pause before the next round', () => {
  it('grows while the server cannot be reached, and is none to speak of when it was', () => {
    expect([0, 1, 2, 3, 9].map((attempt) => pauseBefore([0], 1_000_000, attempt))).toEqual([5_000, 15_000, 60_000, 300_000, 300_000]);
    expect(pauseBefore([0], 1_000_000, null)).toBe(50);
    expect(pauseBefore([1_010_000], 1_000_000, null)).toBe(10_000);
  });

  it('ends when ten seconds to think again are over, however long the server could not be reached', () => {
    expect(pauseBefore([0, 1_010_000], 1_000_000, 3)).toBe(10_000);
    expect(pauseBefore([0, 1_400_000], 1_000_000, 3)).toBe(300_000);
  });
});

describe('what was sent and what the server holds', () => {
  it('are the same whatever the order of names, and different when a word differs', () => {
    const { name, ...rest } = place.properties;
    expect(sameContent(body, { ...place, properties: { ...rest, name } })).toBe(true);
    expect(sameContent(body, { ...place, properties: { ...place.properties, name: 'Bank' } })).toBe(false);
    expect(sameContent(body, { ...place, geometry: { type: 'Point', coordinates: [26.72351, 58.38151] } })).toBe(false);
    expect(sameContent({ ...body, properties: { ...body.properties, share: { public_story: false, research: true, published_maps: false } } }, place)).toBe(true);
  });
});

describe('every answer of a place', () => {
  const other: [string, Partial<PlaceInput>][] = [
    ['name', { name: 'Bank' }], ['being', { being: false }], ['doing', { doing: true }], ['story', { story: 'Quiet.' }], ['photo_not_taken', { photo_not_taken: 'The door.' }],
    ['feelings', { feelings: [{ feeling: 'calm', strength: 1 }] }], ['chime', { chime: ['hope'] }], ['activities', { activities: ['reading'] }], ['company', { company: ['alone'] }],
    ['support', { support: { received: [], given: ['emotional'] } }], ['barriers', { barriers: ['money'] }], ['rhythm', { rhythm: { often: 'weekly', parts: [] } }],
    ['since', { since: '2019' }], ['home', { home: true }], ['precision', { precision: 'area' }], ['answers', { answers: { rights: 'yes' } }],
    ['share', { share: { research: false, published_maps: false, public_story: false } }],
  ];

  it.each(other)('tells two places apart: %s', (_name, changed) => {
    expect(sameContent({ ...body, properties: { ...body.properties, ...changed } }, place)).toBe(false);
  });

  it('is the same when it is left out and when it is empty, and in any order', () => {
    const empty = { chime: [], activities: [], company: [], support: { received: [], given: [] }, barriers: [], rhythm: { often: null, parts: [] }, since: null, answers: {}, photo_not_taken: ' ' };
    expect(sameContent({ ...body, properties: { ...body.properties, ...empty } }, place)).toBe(true);
    const [one, two] = [['hope', 'meaning'], ['meaning', 'hope']].map((chime) => ({ ...body, properties: { ...body.properties, chime, answers: chime[0] === 'hope' ? { a: '1', b: 2 } : { b: 2, a: '1' } } }));
    expect(one && two && sameContent(one, two)).toBe(true);
  });
});

describe('photos and entries with what waits on this phone', () => {
  const entry: DiaryEntry = { id: 'e', date: '2026-05-17', text: 'Rain', feelings: [], created_at: '', updated_at: '' };

  it('are shown as the person left them, whatever the server knows', () => {
    const change = item({ id: 'm', kind: 'diary-change', place: 'a', of: 'e', body: { date: '2026-05-18', text: 'Sun', feelings: [] } });
    expect(partsWithWaiting([entry], [change], 'diary').map(({ part, waiting }) => [part.date, part.text, waiting?.id])).toEqual([['2026-05-18', 'Sun', 'm']]);
    const gone = item({ id: 'd', order: 2, kind: 'diary-delete', place: 'a', of: 'e', body: null });
    expect(partsWithWaiting([entry], [change, gone], 'diary').map(({ waiting }) => waiting?.id)).toEqual(['d']);
    expect(partsWithWaiting([entry], [item({ kind: 'photo-change', place: 'a', of: 'e' })], 'diary').map(({ waiting }) => waiting)).toEqual([null]);
  });

  it('wait for a place that is not there yet, and not for another photo that was refused', () => {
    const photo = item({ id: 'p', kind: 'photo', place: 'a' });
    const diary = item({ id: 'y', kind: 'diary', place: 'a' });
    expect([waitsFor(diary, photo), waitsFor(item({ id: 'q', kind: 'photo', place: 'a' }), photo), waitsFor(item({ kind: 'change', place: 'a' }), photo)]).toEqual([false, false, false]);
    expect(waitsFor(item({ id: 'z', kind: 'diary', place: placeOfNew('k') }), item({ id: 'k' }))).toBe(true);
    const change = item({ kind: 'diary-change', place: 'a', of: 'e' });
    expect(waitsFor(change, item({ id: 'm', kind: 'diary-change', place: 'a', of: 'e' }))).toBe(true);
    expect(waitsFor(item({ id: 'd', kind: 'diary-delete', place: 'a', of: 'e' }), change)).toBe(false);
    expect(waitsFor(item({ id: 'd', kind: 'delete', place: 'a' }), item({ kind: 'change', place: 'a' }))).toBe(false);
  });
});

describe('the service worker', () => {
  const plan = (path: string, method = 'GET', mode = 'cors') => planFor({ method, mode }, new URL(path, 'https://map.example'), 'https://map.example');

  it('keeps pages, files and public answers, and nothing of a person’s own', () => {
    expect([plan('/kaldavere/share', 'GET', 'navigate'), plan('/assets/a-1.js'), plan('/api/communities/kaldavere'), plan('/api/communities/kaldavere/supports?limit=1000'), plan('/basemap.pmtiles')])
      .toEqual(['page', 'file', 'public', 'public', 'basemap']);
    const own = ['/api/communities/kaldavere/me', '/api/communities/kaldavere/places?limit=500', '/api/communities/kaldavere/me/export', '/api/session', '/api/communities/kaldavere/supports?near=26.7,58.3',
      '/api/communities/kaldavere/places/1/photos', '/api/communities/kaldavere/releases'];
    expect(own.map((path) => plan(path))).toEqual(own.map(() => 'leave'));
    expect([plan('/api/communities/kaldavere', 'PUT'), plan('https://other.example/assets/a.js'), plan('/api/openapi.json', 'GET', 'navigate')]).toEqual(['leave', 'leave', 'leave']);
  });

  it('answers parts of a kept file', () => {
    expect([rangeOf('bytes=0-9', 100), rangeOf('bytes=90-', 100), rangeOf('bytes=-10', 100), rangeOf('bytes=95-200', 100)]).toEqual([[0, 9], [90, 99], [90, 99], [95, 99]]);
    expect([rangeOf('bytes=100-', 100), rangeOf('bytes=9-2', 100), rangeOf('bytes=-', 100), rangeOf('lines=1-2', 100)]).toEqual([null, null, null, null]);
  });
});
