import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, queryOf, supportQuery, toggled } from '../src/views/find/filters';

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = { type: ['library', 'cafe'], support: ['emotional' as const], free: true, q: 'garden' };
    const address = new URLSearchParams(Object.entries(queryOf(filters)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
    expect(address.toString()).toBe('type=library%2Ccafe&support=emotional&free=true&q=garden');
    expect(filtersOf(address)).toEqual(filters);
  });

  it('ignore what they do not know', () => {
    const filters = filtersOf(new URLSearchParams('support=magic&free=1'));
    expect(filters).toEqual({ type: [], support: [], free: false, q: '' });
    expect(isFiltered(filters)).toBe(false);
  });

  it('never hold where a person is: that goes into the body of the question', () => {
    const filters = { type: [], support: [], free: false, q: ' soup ' };
    expect(supportQuery(filters, [26.7, 58.3], null)).toEqual({ limit: 50, near: [26.7, 58.3], q: 'soup' });
    expect(Object.keys(queryOf(filters))).not.toContain('near');
  });

  it('switch on and off', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
