import { describe, expect, it } from 'vitest';
import type { Access, WhatIf } from '../src/api/types';
import { changes, planOf, queryOf } from '../src/views/access/plan';
import { rowsOf, sorted, stepOf } from '../src/views/access/rows';
import { accessSentences } from '../src/views/access/sentences';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';

const area = (name: string, share: number) => ({
  id: name, name, residents: 1000, share_within: share, residents_within: 1000 * share, nearest_minutes: 12.4, supports_within: 0.5, relative_access: 0.1,
});
const access: Access = {
  walking: { method: 'straight_line', detour: 1.3, metres_per_minute: 80, minutes: 10 },
  total: { residents: 3000, residents_within: 1100, supports: 2 },
  neighbourhoods: [area('Aia', 0.1), area('Õnne', 0.9), area('Kesk', 0.1)],
};
const reach = (share: number) => ({ share_within: share, residents_within: 1000 * share, nearest_minutes: null, supports_within: 0 });
const whatIf: WhatIf = {
  walking: access.walking, before: access.total, after: { residents: 3000, residents_within: 200, supports: 1 }, residents_losing: 900, residents_gaining: 0,
  neighbourhoods: [{ id: 'Õnne', name: 'Õnne', residents: 1000, before: reach(0.9), after: reach(0), share_losing: 0.9, residents_losing: 900, share_gaining: 0, residents_gaining: 0 }],
};

describe('a plan', () => {
  it('survives the address, and leaves out what is usual', () => {
    const plan = { kind: 'library', minutes: 15, close: ['a', 'b'], open: [[26.7, 58.38], [26.75, 58.4]] as [number, number][] };
    const query = queryOf(plan);
    expect(query).toEqual({ kind: 'library', minutes: '15', close: 'a,b', open: '26.70000,58.38000;26.75000,58.40000' });
    expect(planOf(new URLSearchParams(query as Record<string, string>))).toEqual(plan);
    expect(queryOf({ kind: '', minutes: 10, close: [], open: [] })).toEqual({ kind: null, minutes: null, close: null, open: null });
  });

  it('reads nonsense as nothing', () => {
    const plan = planOf(new URLSearchParams('minutes=7&open=1,2;x,y;999,0&close=,,'));
    expect(plan).toEqual({ kind: '', minutes: 10, close: [], open: [[1, 2]] });
    expect(changes(plan)).toBe(true);
  });
});

describe('the rows', () => {
  it('put the least reach first, and break ties by name', () => {
    expect(sorted(rowsOf(access, null), 'share', false, 'et').map(({ name }) => name)).toEqual(['Aia', 'Kesk', 'Õnne']);
  });

  it('show what would change', () => {
    expect(rowsOf(access, whatIf)).toMatchObject([{ name: 'Õnne', before: 0.9, share: 0, losing: 900, gaining: 0, nearest: null }]);
  });

  it('fall into five steps', () => {
    expect([0, 0.19, 0.2, 0.6, 0.99, 1].map(stepOf)).toEqual([0, 0, 1, 3, 4, 4]);
  });
});

describe('the sentences', () => {
  const say = (change: WhatIf | null) => accessSentences(access, change, 'Library', en.access, formatsFor('en'));
  it('say who reaches one and where few do', () => {
    expect(say(null)).toEqual([
      'Library: about 1,100 of 3,000 residents (37 %) have one within 10 minutes on foot.',
      'In 2 neighbourhoods fewer than one in five live that near, for example Aia and Kesk.',
    ]);
  });
  it('say who would lose and where', () => {
    expect(say(whatIf).slice(1)).toEqual(['With your changes, about 900 residents would lose it and 0 would gain it.', 'Most would be lost in Õnne.']);
  });
});
