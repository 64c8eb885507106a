import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, NO_FILTERS, queryOf, supportQuery, toggled, type Filters } from '../src/views/find/filters';

const NEIGHBOURHOOD = '0199a5f0-0000-7000-8000-000000000001';
const address = (filters: Filters): URLSearchParams =>
  new URLSearchParams(Object.entries(queryOf(filters)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters: Filters = {
      type: ['library', 'cafe'], form: ['peer_group'], support: ['emotional'], free: true, open: '2026-11-26T18:00', hours: 2, language: ['et', 'ru'],
      accessible: true, neighbourhood: [NEIGHBOURHOOD], status: ['closing'], within: 2000, q: 'garden',
    };
    expect(filtersOf(address(filters))).toEqual(filters);
    expect(address({ ...NO_FILTERS, type: ['library', 'cafe'], free: true }).toString()).toBe('type=library%2Ccafe&free=true');
  });

  it('ignore what they do not know', () => {
    const filters = filtersOf(new URLSearchParams('support=magic&free=1&open=soon&language=1&neighbourhood=here&status=lost'));
    expect(filters).toEqual(NO_FILTERS);
    expect(isFiltered(filters)).toBe(false);
  });

  it('never hold where a person is: that goes into the body of the question', () => {
    expect(supportQuery({ ...NO_FILTERS, within: 1000 }, [26.7, 58.3], null, 'Europe/Tallinn', [])).toMatchObject({ near: [26.7, 58.3], radius: 1000 });
    expect(supportQuery({ ...NO_FILTERS, within: 1000 }, null, null, 'Europe/Tallinn', [])).not.toHaveProperty('radius');
    expect(filtersOf(new URLSearchParams('within=1000')).within).toBe(1000);
    expect(filtersOf(new URLSearchParams('within=1')).within).toBeNull();
    expect(supportQuery({ ...NO_FILTERS, q: ' soup ' }, [26.7, 58.3], null, 'Europe/Tallinn', [])).toEqual({ limit: 50, near: [26.7, 58.3], q: 'soup', facets: true });
    expect(Object.keys(queryOf(NO_FILTERS))).not.toContain('near');
  });

  it('ask with the community\u2019s clock, and only for forms that there are', () => {
    const filters: Filters = { ...NO_FILTERS, open: '2026-07-01T18:00', form: ['library', 'spaceship'] };
    expect(supportQuery(filters, null, null, 'Europe/Tallinn', ['library'])).toMatchObject({ open_at: '2026-07-01T15:00:00Z', form: ['library'] });
    expect(supportQuery({ ...NO_FILTERS, open: 'now' }, null, 'page-2', 'Europe/Tallinn', [])).toEqual({ limit: 50, open_at: 'now', cursor: 'page-2' });
  });

  it('switch on and off', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('ask how long it stays open only beside a time of their own', () => {
    const at = { ...NO_FILTERS, open: '2026-07-01T18:00', hours: 2 };
    expect(supportQuery(at, null, null, 'Europe/Tallinn', [])).toMatchObject({ open_during: '2026-07-01T15:00:00Z/2026-07-01T17:00:00Z' });
    expect(supportQuery(at, null, null, 'Europe/Tallinn', [])).not.toHaveProperty('open_at');
    expect(supportQuery({ ...at, open: 'now' }, null, null, 'Europe/Tallinn', [])).toMatchObject({ open_at: 'now' });
    expect(queryOf({ ...NO_FILTERS, hours: 2 })['hours']).toBeNull();
  });
});
