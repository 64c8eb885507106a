import { describe, expect, it } from 'vitest';
import { boundsOf, crossesItself, distanceMetres, holds, hullOf, middleOf, parseCoordinates } from '../src/lib/geometry';
import { readableHours } from '../src/lib/hours';
import { en } from '../src/i18n/en';
import { nb } from '../src/i18n/nb';

describe('geometry in words', () => {
  it('measures along the earth', () => {
    // One degree of latitude is 111.2 km on the sphere of the mean radius.
    expect(distanceMetres([25, 58], [25, 59]) / 1000).toBeCloseTo(111.195, 2);
    expect(distanceMetres([25, 58], [25, 58])).toBe(0);
  });

  it('knows what lies in a polygon, in its holes and in its parts', () => {
    const square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
    const hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]];
    expect(holds({ type: 'Polygon', coordinates: [square, hole] }, [3, 3])).toBe(true);
    expect(holds({ type: 'Polygon', coordinates: [square, hole] }, [1.5, 1.5])).toBe(false);
    expect(holds({ type: 'MultiPolygon', coordinates: [[hole], [square]] }, [5, 3])).toBe(false);
  });

  it('finds bounds and middles of points, walks and areas', () => {
    expect(boundsOf([])).toBeNull();
    expect(boundsOf([{ type: 'LineString', coordinates: [[1, 2], [3, 0]] }, { type: 'Point', coordinates: [2, 5] }])).toEqual([1, 0, 3, 5]);
    expect(middleOf({ type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 4], [0, 0]]] })).toEqual([1, 2]);
  });
});

describe('typed coordinates', () => {
  it('take a point or a comma', () => {
    expect(parseCoordinates('58.38', ' 26,72 ')).toEqual([26.72, 58.38]);
  });

  it('are refused when they are no place on earth', () => {
    for (const [lat, lon] of [['', '26'], ['91', '26'], ['58', '181'], ['north', '26']] as const) expect(parseCoordinates(lat, lon)).toBeNull();
  });
});

describe('opening hours', () => {
  it('name the days in the language of the reader', () => {
    expect(readableHours('Mo-Fr 10:00-18:00; Sa,Su off', en.find.days)).toBe('Mon–Fri 10:00–18:00; Sat, Sun closed');
    expect(readableHours('Mo-Fr 10:00-18:00', nb.find.days)).toBe('man–fre 10:00–18:00');
  });

  it('leave words in comments alone', () => {
    expect(readableHours('24/7', en.find.days)).toBe('24/7');
  });
});

describe('outlines', () => {
  it('have a hull that leaves out what lies inside', () => {
    expect(hullOf([[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [0, 0]])).toEqual([[0, 0], [2, 0], [2, 2], [0, 2]]);
    expect(hullOf([[0, 0], [1, 1], [2, 2]])).toHaveLength(2);
  });

  it('are known to cross themselves or not', () => {
    expect(crossesItself([[0, 0], [2, 2], [2, 0], [0, 2]])).toBe(true);
    expect(crossesItself([[0, 0], [2, 0], [2, 2], [0, 2]])).toBe(false);
    expect(crossesItself([[0, 0], [1, 0], [0, 1]])).toBe(false);
  });
});
