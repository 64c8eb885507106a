import { describe, expect, it } from 'vitest';
import type { Place } from '../src/api/types';
import { draftOf, emptyDraft, requestOf, stepOfField, tooFine, withFeeling, withHome, withPoint } from '../src/views/share/add/draft';

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
    const draft = { ...emptyDraft(), point: [26.7225, 58.3806] as [number, number], being: true, precision: 'block' as const, name: '  ', story: 'Soup' };
    const request = await requestOf(draft);
    expect(request.geometry).toEqual({ type: 'Point', coordinates: [26.7235091, 58.3815046] });
    expect(request.properties).toMatchObject({ name: null, story: 'Soup', share: { research: false, published_maps: false, public_story: false } });
    expect(JSON.stringify(request)).not.toContain('26.7225,');
  });

  it('carries through an edit what the questions did not ask, and leaves out what the server writes', async () => {
    const request = await requestOf({ ...draftOf(saved, '"1"'), name: 'Old bench' });
    expect(request.geometry).toEqual(saved.geometry);
    expect(request.properties).toMatchObject({ name: 'Old bench', chime: ['hope'] });
    for (const written of ['created_at', 'updated_at', 'photos', 'diary']) expect(request.properties).not.toHaveProperty(written);
  });

  it('keeps the shape of a walk', async () => {
    const walk: Place = { ...saved, geometry: { type: 'LineString', coordinates: [[26.72, 58.38], [26.73, 58.39]] } };
    expect((await requestOf(draftOf(walk, '"1"'))).geometry).toEqual(walk.geometry);
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

  it('cannot make a saved place finer, until it is placed again', () => {
    const finer = { ...draftOf(saved, '"1"'), precision: 'street' as const };
    expect(tooFine(finer)).toBe(true);
    expect(tooFine({ ...finer, ...withPoint([26.72, 58.38], '') })).toBe(false);
  });

  it('choose several feelings, change a strength in place, and take one away', () => {
    const two = withFeeling(withFeeling([], 'calm', 2), 'hope', 2);
    expect(withFeeling(two, 'calm', 3)).toEqual([{ feeling: 'calm', strength: 3 }, { feeling: 'hope', strength: 2 }]);
    expect(withFeeling(two, 'calm', null)).toEqual([{ feeling: 'hope', strength: 2 }]);
  });

  it('know which of them an error is about', () => {
    expect(['geometry.coordinates', 'properties.feelings[0].strength', 'properties.share.research', 'properties.being', 'properties.story', 'cursor', null].map(stepOfField))
      .toEqual(['where', 'feelings', 'share', 'kind', 'story', null, null]);
  });
});
