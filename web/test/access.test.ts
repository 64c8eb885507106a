import { describe, expect, it } from 'vitest';
import { countedBody, countedQuery } from '../src/api/counting';
import type { Access, Neighbourhoods, WhatIf } from '../src/api/types';
import { outlineOf, projection } from '../src/lib/drawing/sheet';
import { changes, planOf, queryOf, readPlan, type Plan } from '../src/views/access/plan';
import { stepOf } from '../src/views/picture/measures';
import { rowsOf, SHARES, sorted, stepsOf } from '../src/views/access/rows';
import { accessSentences, planNotes } from '../src/views/access/sentences';
import { accessCsv, accessShapes } from '../src/views/access/files';
import { en } from '../src/i18n/access/en';
import { formatsFor } from '../src/i18n/formats';

const formats = formatsFor('en');
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
  closing: [{ id: 'a', name: 'A', category: 'library', counts: true }], opening: [], gone: [], types: [],
};
/** An address with what a plan puts there. */
const address = (plan: Plan) => new URLSearchParams(Object.entries(queryOf(plan)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
const [one, two] = ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002'];
const nothing: Plan = { kind: '', form: null, support: null, free: false, low: false, hour: null, minutes: 10, area: null, close: [], open: [] };

describe('a plan', () => {
  const plan: Plan = {
    kind: 'library', form: 'clubhouse', support: 'emotional', free: true, low: true, hour: 163, minutes: 15, area: two, close: [one, two],
    open: [
      { at: [26.7, 58.38], kind: 'library', form: null, free: true, hours: null }, { at: [26.75, 58.4], kind: 'cafe', form: null, free: false, hours: 'Mo-Fr 10:00-18:00; Sa,Su off' },
      { at: [26.8, 58.4], kind: 'clubhouse', form: 'clubhouse', free: false, hours: null },
    ],
  };

  it('survives the address, and leaves out what is usual', () => {
    const query = queryOf(plan);
    expect(query).toMatchObject({ kind: 'library', form: 'clubhouse', hour: '163', minutes: '15', low: 'true', close: `${one},${two}` });
    expect(query['open']).toBe('26.70000,58.38000,library;26.75000,58.40000,cafe,paid,Mo-Fr%2010%3A00-18%3A00%3B%20Sa%2CSu%20off;26.80000,58.40000,clubhouse/clubhouse,paid');
    expect(planOf(address(plan))).toEqual(plan);
    expect(Object.values(queryOf(nothing)).every((value) => value === null)).toBe(true);
    expect(planOf(new URLSearchParams())).toEqual(nothing);
  });

  it('keeps what opens and closes when another kind is looked at', () => {
    const other = planOf(address({ ...plan, kind: '' }));
    expect([other.kind, other.close, other.open]).toEqual(['', plan.close, plan.open]);
  });

  it('reads a link of the days when all openings were of the kind that counts', () => {
    const old = readPlan(new URLSearchParams('kind=library&open=26.7,58.38;26.75,58.4'));
    expect([old.plan.open.map(({ kind }) => kind), old.unreadable]).toEqual([['library', 'library'], 0]);
    const any = readPlan(new URLSearchParams('open=26.7,58.38'));
    expect([any.plan.open, any.unreadable]).toEqual([[], 1]);
  });

  it('reads nonsense as nothing, and says how much of it there was', () => {
    const { plan: read, unreadable } = readPlan(new URLSearchParams(`minutes=7&hour=168&form=A%20B&support=love&open=1,2,cafe;x,y,cafe;999,0,cafe;,,cafe;3,4,cafe,free,%25&close=,,${one},no`));
    expect(read).toEqual({ ...nothing, close: [one], open: [{ at: [1, 2], kind: 'cafe', form: null, free: true, hours: null }, { at: [3, 4], kind: 'cafe', form: null, free: true, hours: '%' }] });
    expect(unreadable).toBe(4);
    expect(changes(read)).toBe(true);
  });
});

describe('what counts', () => {
  it('is asked alike by address and by body, and not at all where all count', () => {
    expect(countedBody(nothing)).toEqual({});
    const asked = { ...nothing, kind: 'library', form: 'library', support: 'emotional', free: true, low: true, openAt: '2026-11-29T17:00:00Z' } as const;
    expect(countedBody(asked)).toEqual({ type: ['library'], form: ['library'], support: ['emotional'], free: true, low_threshold: true, open_at: '2026-11-29T17:00:00Z' });
    expect(countedQuery(asked).toString()).toBe('type=library&form=library&support=emotional&free=true&low_threshold=true&open_at=2026-11-29T17%3A00%3A00Z');
  });
});

describe('the rows', () => {
  it('put the least reach first, and break ties by name', () => {
    expect(sorted(rowsOf(access, null), 'share', false, 'et').map(({ name }) => name)).toEqual(['Aia', 'Kesk', 'Õnne']);
  });

  it('show what would change', () => {
    const rows = rowsOf(access, whatIf);
    expect(rows).toMatchObject([{ name: 'Õnne', before: 0.9, share: 0, losing: 900, gaining: 0, nearest: null }]);
    expect([stepsOf(rows, true).get('Õnne'), stepsOf(rows).get('Õnne')]).toEqual([4, 0]);
  });

  it('fall into five steps', () => {
    expect([0, 0.19, 0.2, 0.6, 0.99, 1].map((share) => stepOf(share, SHARES))).toEqual([0, 0, 1, 3, 4, 4]);
  });
});

describe('the sentences', () => {
  const say = (change: WhatIf | null) => accessSentences(access, change, 'Library', en, formats);
  it('say who reaches one and where few do', () => {
    expect(say(null)).toEqual([
      'Library: about 1,100 of 3,000 residents (37%) have one within 10 minutes on foot.',
      'In 2 neighbourhoods fewer than one in five live that near, for example Aia and Kesk.',
    ]);
  });
  it('say who would lose and where', () => {
    expect(say(whatIf).slice(1)).toEqual(['With your changes, about 900 residents would lose it and 0 would gain it.', 'Most would be lost in Õnne.']);
  });
  it('say that none would be left where a plan closes the last', () => {
    const last = { ...whatIf, after: { residents: 3000, residents_within: 0, supports: 0 } };
    expect(say(last)[0]).toBe('Library: with your changes none would be left.');
  });
  it('say of an hour what is known to be open, and of how many nobody knows', () => {
    const timed = { ...access, hours: { open_at: '', open: 2, closed: 3, unknown: 7 } };
    expect(accessSentences(timed, null, 'Library', en, formats, 'Sun 19:00')[1])
      .toBe('Sun 19:00: 2 known to be open, 3 closed. Of 7 nobody told us the hours; they do not count here.');
    const none = { ...timed, total: { ...access.total, supports: 0 } };
    expect(accessSentences(none, null, 'Library', en, formats, 'Sun 19:00')[0]).toBe('Library: none is known to be open on Sun 19:00.');
  });
  it('say what of a plan is left out or changes nothing here', () => {
    expect(planNotes(whatIf, 0, true, en, formats)).toEqual([]);
    expect(planNotes(null, 1, false, en, formats)).toEqual(['1 part of this plan is left out: the support is not here any more, or the link says too little.']);
    const opening = [{ category: 'cafe', counts: true, any_time: true }, { category: 'cafe', counts: false, any_time: true }];
    const notes = planNotes({ ...whatIf, gone: ['x'], opening }, 1, true, en, formats);
    expect(notes.map((note) => note.slice(0, 18))).toEqual(['2 parts of this pl', '1 change of your p', '1 support that wou']);
    expect(planNotes({ ...whatIf, opening }, 0, false, en, formats)).toHaveLength(1);
  });
});

describe('the drawing', () => {
  it('keeps true proportions, and finds the position of a point on it again', () => {
    const sheet = projection([26, 59.5, 27, 60.5], 600);
    expect(sheet.height).toBeCloseTo(1200, 6);
    expect(sheet.at([26, 60.5])).toEqual([0, 0]);
    const [lon, lat] = sheet.back(...sheet.at([26.72, 60.1]));
    expect([lon, lat]).toEqual([expect.closeTo(26.72, 9), expect.closeTo(60.1, 9)]);
    expect(outlineOf({ type: 'Polygon', coordinates: [[[26, 60.5], [27, 60.5], [26, 60.5]]] }, sheet)).toBe('M0.0 0.0L600.0 0.0L0.0 0.0Z');
  });
});

describe('the files to take home', () => {
  const about = { asked: '{"type":["library"]}', made_at: '2026-11-28T00:00:00Z', attribution: '© OpenStreetMap' };
  const areas = { type: 'FeatureCollection', features: [{ type: 'Feature', id: 'Aia', geometry: { type: 'Polygon', coordinates: [] }, properties: {} }] } as unknown as Neighbourhoods;
  it('say in every line what was asked, and take no formula from a name', () => {
    const [head = '', first = ''] = accessCsv(rowsOf({ ...access, neighbourhoods: [area('=A1', 0.5)] }, null), about).split('\r\n');
    expect(head.startsWith('id,name,residents,share_within,')).toBe(true);
    expect(head.endsWith('asked,made_at,attribution')).toBe(true);
    expect(first).toBe(`'=A1,'=A1,1000,0.5,,12.4,0.5,0.1,,,"{""type"":[""library""]}",2026-11-28T00:00:00Z,© OpenStreetMap`);
  });
  it('carry shapes and what was asked', () => {
    const { metadata, features } = accessShapes(rowsOf(access, null), areas, about);
    expect([metadata, features.length, features[0]?.properties?.['share_within']]).toEqual([about, 1, 0.1]);
  });
});
