import { describe, expect, it } from 'vitest';
import type { LonLat, Neighbourhood, Place } from '../src/api/types';
import { distanceMetres, holds } from '../src/lib/geometry';
import { areaOf, circle, polygonOf, vertices } from '../src/views/study/area';
import { byNeighbourhood, counted, feelingsOf, kindOf } from '../src/views/study/counts';
import { askOf, NOTHING, selectionOf, unfinished } from '../src/views/study/selection';

const place = (id: string, at: LonLat, feelings: string[], being = true, doing = false): Place => ({
  type: 'Feature', id, geometry: { type: 'Point', coordinates: [...at] },
  properties: { being, doing, precision: 'street', feelings: feelings.map((feeling) => ({ feeling, strength: 2 })) },
}) as unknown as Place;
const square = (id: string, name: string, west: number): Neighbourhood => ({
  type: 'Feature', id, properties: { name },
  geometry: { type: 'Polygon', coordinates: [[[west, 58], [west + 1, 58], [west + 1, 59], [west, 59], [west, 58]]] },
}) as unknown as Neighbourhood;

describe('an area', () => {
  it('as a circle has its corners at the radius, also in the north', () => {
    for (const centre of [[24.95, 60.17], [18.95, 69.65]] as const) {
      const ring = circle([...centre], 500);
      expect(vertices(ring)).toBe(65);
      for (const [lon = 0, lat = 0] of ring.coordinates[0] ?? []) expect(distanceMetres([...centre], [lon, lat])).toBeCloseTo(500, 3);
      expect(holds(ring, [...centre])).toBe(true);
    }
  });

  it('is drawn from three corners on', () => {
    expect(polygonOf([[0, 0], [1, 0]])).toBeNull();
    expect(polygonOf([[0, 0], [1, 0], [1, 1]])?.coordinates).toEqual([[[0, 0], [1, 0], [1, 1], [0, 0]]]);
  });

  it('is read from pasted GeoJSON, and nothing else is', () => {
    const ring = [[24.9, 60.1, 12], [25, 60.1, 12], [25, 60.2, 12], [24.9, 60.1, 12]];
    const polygon = { type: 'Polygon', coordinates: [ring] };
    const flat = [[[24.9, 60.1], [25, 60.1], [25, 60.2], [24.9, 60.1]]];
    expect(areaOf(JSON.stringify(polygon))).toEqual({ type: 'Polygon', coordinates: flat });
    const feature = { type: 'Feature', properties: null, geometry: polygon };
    expect(areaOf(JSON.stringify({ type: 'FeatureCollection', features: [feature, feature] }))).toEqual({ type: 'MultiPolygon', coordinates: [flat, flat] });
    for (const wrong of ['', '{', '[]', '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[]}', '{"type":"Polygon","coordinates":[[[0,0],[1,1],["x",1],[0,0]]]}',
      '{"type":"FeatureCollection","features":[]}', `{"type":"Feature","geometry":${'{"type":"Feature","geometry":'.repeat(50)}null${'}'.repeat(50)}}`]) {
      expect(areaOf(wrong), wrong).toBeNull();
    }
  });
});

describe('a question', () => {
  it('says only what was asked, and an area that was begun is finished first', () => {
    expect(selectionOf(NOTHING)).toEqual({});
    expect(unfinished(NOTHING)).toBe(false);
    for (const way of ['neighbourhoods', 'circle', 'draw', 'paste'] as const) expect(unfinished({ ...NOTHING, way }), way).toBe(true);
    expect(unfinished({ ...NOTHING, way: 'circle', centre: [24, 60], metres: 20_001 })).toBe(true);
    expect(selectionOf({ ...NOTHING, neighbourhoods: ['a'] }), 'neighbourhoods of another way do not count').toEqual({});
    expect(selectionOf({ ...NOTHING, way: 'neighbourhoods', neighbourhoods: ['a'], feelings: ['calm'], being: false })).toEqual({ neighbourhood: ['a'], feeling: ['calm'], being: false });
  });

  it('comes back into the form as it was kept', () => {
    const kept = { within: { type: 'Polygon' as const, coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }, chime: ['hope'], barrier: ['money'], doing: true };
    expect(selectionOf(askOf(kept))).toEqual(kept);
    expect(selectionOf(askOf({ neighbourhood: ['b'] }))).toEqual({ neighbourhood: ['b'] });
    expect(askOf({})).toEqual(NOTHING);
  });
});

describe('counts', () => {
  const places = [place('1', [24.5, 58.5], ['calm', 'joy']), place('2', [25.5, 58.5], ['calm'], true, true), place('3', [30, 58.5], [], false, true)];

  it('count each place once a value, the most frequent first', () => {
    expect(counted(places, feelingsOf)).toEqual([{ id: 'calm', n: 2 }, { id: 'joy', n: 1 }]);
    expect(counted(places, kindOf).map(({ id }) => id)).toEqual(['being', 'both', 'doing']);
    expect(counted([], feelingsOf)).toEqual([]);
  });

  it('stand by neighbourhood with their n, and what is outside stands last', () => {
    const rows = byNeighbourhood(places, [square('b', 'Oja', 25), square('a', 'Aia', 24), square('c', 'Tühi', 26)], feelingsOf);
    expect(rows.map(({ name, n, counts }) => [name, n, counts.get('calm') ?? 0])).toEqual([['Aia', 1, 1], ['Oja', 1, 1], [null, 1, 0]]);
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(places.length);
  });
});
