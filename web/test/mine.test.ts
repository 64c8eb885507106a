import { describe, expect, it } from 'vitest';
import type { Place, SupportType } from '../src/api/types';
import { arranged, EMPTY, moved, settledIn } from '../src/views/share/collage/arrangement';
import { middleOfMine, networkOf } from '../src/views/share/network/network';

const TYPES: SupportType[] = ['emotional', 'instrumental', 'informational', 'appraisal'];
const place = (id: string, at: [number, number], support: { received: SupportType[]; given: SupportType[] }, company: string[] = [], home = false): Place => ({
  type: 'Feature', id, geometry: { type: 'Point', coordinates: at },
  properties: {
    name: id, being: true, doing: false, feelings: [], home, precision: 'block', share: { research: false, published_maps: false, public_story: false },
    support, company, created_at: '2026-09-01T00:00:00Z', updated_at: '2026-09-01T00:00:00Z', photos: [], diary: [],
  },
});
const kitchen = place('kitchen', [26.72, 58.38], { received: ['emotional', 'instrumental'], given: ['instrumental'] }, ['group', 'alone']);
const bench = place('bench', [26.73, 58.38], { received: ['emotional'], given: [] }, ['group', 'friends']);
const far = place('far', [26.9, 58.5], { received: [], given: [] });
const home = place('home', [26.725, 58.38], { received: [], given: [] }, [], true);

describe('my support network', () => {
  const network = networkOf([kitchen, bench, far], TYPES);

  it('says where each type is received and given', () => {
    expect(network.types.map(({ type, received, given }) => [type, received.map(({ id }) => id), given.map(({ id }) => id)])).toEqual([
      ['emotional', ['kitchen', 'bench'], []], ['instrumental', ['kitchen'], ['kitchen']], ['informational', [], []], ['appraisal', [], []],
    ]);
  });

  it('calls thin what is received at one place or none, once anything was said', () => {
    expect(network.thin).toEqual(['instrumental', 'informational', 'appraisal']);
    expect(networkOf([far], TYPES)).toMatchObject({ any: false, thin: [] });
  });

  it('names the company, most often first, and not being alone', () => {
    expect(network.company.map(({ companion, places }) => [companion, places.length])).toEqual([['group', 2], ['friends', 1]]);
  });

  it('looks around from the middle of the places, never from home', () => {
    expect(middleOfMine([kitchen, bench, far, home])).toEqual([26.73, 58.38]);
    expect(middleOfMine([home])).toBeNull();
  });
});

describe('my collage', () => {
  it('keeps the order of the person, puts new places last and leaves out those that are gone', () => {
    const arrangement = { ...EMPTY, order: ['c', 'gone', 'a'] };
    expect(arranged(['a', 'b', 'c'], arrangement)).toEqual(['c', 'a', 'b']);
    expect(arranged(['a', 'b', 'c'], moved(['a', 'b', 'c'], arrangement, 'b', -1))).toEqual(['c', 'b', 'a']);
    expect(moved(['a', 'b', 'c'], arrangement, 'c', -1)).toBe(arrangement);
  });
});

describe('the photos of a place in the collage', () => {
  it('are moved among themselves, and the places and the photos of others stay as they are', () => {
    const places = moved(['kitchen', 'bench'], EMPTY, 'bench', -1);
    const photos = moved(['one', 'two', 'three'], places, 'three', -1);
    const others = moved(['cup', 'door'], photos, 'door', -1);
    expect(arranged(['kitchen', 'bench'], others)).toEqual(['bench', 'kitchen']);
    expect(arranged(['one', 'two', 'three'], others)).toEqual(['one', 'three', 'two']);
    expect(arranged(['cup', 'door'], others)).toEqual(['door', 'cup']);
  });

  it('that were left out before they were sent are left out after it', () => {
    const arrangement = { ...EMPTY, order: ['new:k', 'f'], hidden: ['f'], large: ['new:k'] };
    expect(settledIn(arrangement, new Map([['f', 'photo'], ['new:k', 'place']]))).toEqual({ ...EMPTY, order: ['place', 'photo'], hidden: ['photo'], large: ['place'] });
  });
});
