import { describe, expect, it } from 'vitest';
import { NEW_SCHEDULE, oftenOf, simple, withDays, withNth, withOften } from '../src/views/directory/schedule';

describe('a repeating time in the form', () => {
  it('goes from weeks to months and back with its day', () => {
    const monthly = withOften(NEW_SCHEDULE, 'MONTHLY/2');
    expect([monthly.freq, monthly.interval, monthly.byday]).toEqual(['MONTHLY', 2, ['1TU']]);
    expect(withNth(monthly, '-1').byday).toEqual(['-1TU']);
    expect(withDays(withNth(monthly, '3'), ['SA', 'TU']).byday).toEqual(['3TU', '3SA']);
    expect(withOften(withNth(monthly, '3'), 'WEEKLY/1').byday).toEqual(['TU']);
    expect(oftenOf(withOften(monthly, 'WEEKLY/4'))).toBe('WEEKLY/4');
  });

  it('is not taken apart where it says more than the form shows', () => {
    expect(simple({ ...NEW_SCHEDULE, bymonthday: [15] })).toBeNull();
    expect(simple({ ...NEW_SCHEDULE, freq: 'MONTHLY', byday: ['1TU', '3TU'] })).toBeNull();
    expect(simple({ ...NEW_SCHEDULE, freq: 'MONTHLY', byday: ['5FR'] })).toBeNull();
    expect(simple({ ...NEW_SCHEDULE, freq: 'MONTHLY', byday: ['TU'] })).toBeNull();
    expect(simple(NEW_SCHEDULE)).toEqual({ days: ['TU'], nth: null });
    // What was read without days gets some by a choice.
    expect(withDays({ ...NEW_SCHEDULE, byday: [] }, ['MO']).byday).toEqual(['MO']);
  });
});
