import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Community, Named } from '../src/api/types';
import { community } from '../src/app/community';
import { drawingOnMap } from '../src/map/features';
import { knownNames } from '../src/views/share/add/knownNames';
import { knownSupports } from '../src/views/share/add/knownSupports';
import { fitOf } from '../src/views/share/add/namesLike';

describe('a name that is looked for without a network', () => {
  it.each([
    ['Sepa tänav', 'sepa tanav', 2], ['Østre gate', 'ostre', 2], ['Café Õunapuu', 'CAFE ounapuu', 2], ['Linnaraamatukogu', 'raamatu', 2], ['Turupark', '', 2],
    ['Turupark', 'turupakr', 1], ['Turupark', 'turpark', 1], ['Turupark', 'turuppark', 1], ['Turupark', 'turubark', 1], ['Turupark', 'turupa', 2], ['Linnaraamatukogu', 'linaraamat', 1],
    ['Sepa tänav', 'tanav seqa', 1], ['Turupark', 'tarubark', 0], ['Aed', 'aex', 0], ['Sepa tänav', 'sepa park', 0],
  ] as const)('%s, typed as "%s": %i', (name, typed, fit) => {
    expect(fitOf(name, typed)).toBe(fit);
  });
});

describe('what is offered where somebody searches', () => {
  beforeEach(() => void (community.value = { offers: ['names'] } as unknown as Community));
  afterEach(() => {
    community.value = null;
    vi.unstubAllGlobals();
  });

  it('has the streets, too, however many supports have such a name', async () => {
    const named = (kind: Named['kind'], i: number): Named => ({ name: `Kalda ${i}`, kind, coordinates: [26, 58] });
    const all = [...Array.from({ length: 9 }, (_, i) => named('support', i)), ...Array.from({ length: 8 }, (_, i) => named('street', i))];
    vi.stubGlobal('fetch', vi.fn((_path: string, { body }: { body: string }) => {
      const { limit } = JSON.parse(body) as { limit: number };
      return Promise.resolve(limit > 20 ? new Response('{}', { status: 422 }) : new Response(JSON.stringify({ results: all.slice(0, limit) })));
    }));
    const found = await knownNames('c', 'kalda', 6);
    expect(found.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'street'));
  });

  it('is what this device keeps when there is no network: parts of town and supports, the best fit first', async () => {
    const square = { type: 'Polygon', coordinates: [[[26, 58], [26.1, 58], [26.1, 58.1], [26, 58.1], [26, 58]]] };
    const support = (id: string, name: string, lon: number) => ({ type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon, 58] }, properties: { name } });
    vi.stubGlobal('fetch', vi.fn((path: string, { method }: { method: string }) => {
      if (method === 'POST') return Promise.reject(new TypeError('no network'));
      return Promise.resolve(new Response(JSON.stringify(path.includes('neighbourhoods')
        ? { features: [{ id: 'n', geometry: square, properties: { name: 'Kiigemäe' } }, { id: 'm', geometry: square, properties: { name: 'Ülesilla' } }] }
        : { features: [support('near', 'Kiigemea klubi', 26), support('far', 'Kiigemäe raamatukogu', 26.5), support('other', 'Aruoja', 26)] })));
    }));
    expect((await knownNames('c', 'kiigemae', 6)).map(({ name, kind }) => [name, kind])).toEqual([['Kiigemäe', 'neighbourhood']]);
    expect((await knownSupports('c', [26, 58], 'kiigemae', 6)).features.map(({ id }) => id)).toEqual(['far', 'near']);
  });
});

describe('the pin that is being put', () => {
  it('is drawn on the map', () => {
    expect(drawingOnMap({ shape: 'pin', corners: [[26, 58]] }).features.map(({ geometry }) => geometry)).toEqual([{ type: 'Point', coordinates: [26, 58] }]);
    expect(drawingOnMap({ shape: 'pin', corners: [] }).features).toEqual([]);
  });
});
