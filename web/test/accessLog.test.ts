import { describe, expect, it } from 'vitest';
import type { AccessLogRow } from '../src/api/types';
import { brokenAt, readingOf } from '../src/views/staff/accessLog';

const row = (seq: number, previous: string, hash: string): AccessLogRow => ({ seq, previous, hash, at: '2026-01-01T00:00:00Z', who: 'mari@example.org', what: 'places', places: 3 });

describe('the access log', () => {
  it('holds together when each row knows the one before', () => {
    expect(brokenAt([row(3, 'b', 'c'), row(2, 'a', 'b'), row(1, '0', 'a')])).toBeNull();
    expect(brokenAt([])).toBeNull();
  });
  it('names the row where one is missing or another was put in its place', () => {
    expect(brokenAt([row(3, 'b', 'c'), row(1, '0', 'a')])).toBe(3);
    expect(brokenAt([row(3, 'b', 'c'), row(2, 'a', 'x'), row(1, '0', 'a')])).toBe(3);
  });
  it('tells operations from the names of their filters', () => {
    expect(readingOf('search within feeling')).toEqual({ operation: 'search', filters: ['within', 'feeling'] });
    expect(readingOf('ogc items bbox')).toEqual({ operation: 'ogc items', filters: ['bbox'] });
    expect(readingOf('export of places as gpkg')).toEqual({ operation: 'export', filters: ['gpkg'] });
    expect(readingOf('something newer')).toEqual({ operation: 'something newer', filters: [] });
  });
});
