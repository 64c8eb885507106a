import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { formatsFor } from '../src/i18n/formats';
import { moneyOf, schedulesInWords } from '../src/views/find/factWords';
import { openWords } from '../src/views/find/openWords';
import { fragmentOf, idsInFragment, MOST } from '../src/views/find/shortlist';

const ID = '0199a5f0-1234-7000-8000-000000000001';
const formats = formatsFor('en');

describe('a short list in a link', () => {
  it('comes back as it was sent', () => {
    const ids = [ID, ID.replace('1234', '5678')];
    expect(idsInFragment(fragmentOf(ids))).toEqual(ids);
  });

  it('holds no more than a sheet of paper, nothing twice, and nothing that is no id', () => {
    const many = Array.from({ length: 30 }, (_, n) => `0199a5f0-1234-7000-8000-${String(n).padStart(12, '0')}`);
    expect(idsInFragment(fragmentOf(many))).toHaveLength(MOST);
    expect(idsInFragment(fragmentOf([ID, ID]))).toEqual([ID]);
    expect(idsInFragment('#ids=abc.def')).toEqual([]);
    expect(idsInFragment('#link=abc')).toEqual([]);
  });
});

describe('whether it is open, in words', () => {
  const now = new Date('2026-11-23T12:00:00Z'); // a Monday, 14:00 in Tallinn
  const say = (open: boolean | null, next_change: string | null, zone: string | null = 'Europe/Tallinn') =>
    openWords({ open, next_change, status: 'active', closing_on: null }, zone, now, en.find, formats).text;

  it('never says open where nobody knows', () => {
    expect(say(null, null)).toBe('Opening hours not known: ask first');
  });

  it('says when that changes, the nearer the shorter', () => {
    expect(say(true, '2026-11-23T18:00:00+02:00')).toBe('Open, closes at 18:00');
    expect(say(false, '2026-11-24T10:00:00+02:00')).toBe('Closed, opens tomorrow 10:00');
    expect(say(false, '2026-11-26T10:00:00+02:00')).toBe('Closed, opens Thursday 10:00');
    expect(say(false, '2026-12-24T10:00:00+02:00')).toBe('Closed, opens 24 December 2026, 10:00');
    expect(say(true, null)).toBe('Open now');
  });

  it('says that it is closed for a time or for good before anything else', () => {
    expect(openWords({ open: true, next_change: null, status: 'temporarily_closed', closing_on: null }, 'Europe/Tallinn', now, en.find, formats).text).toBe('Closed for a time');
    expect(openWords({ open: null, next_change: null, status: 'closed', closing_on: '2026-10-01' }, 'Europe/Tallinn', now, en.find, formats).text).toBe('Closed since 1 October 2026');
  });
});

describe('facts in words', () => {
  it('never tells an unknown price as free', () => {
    expect(moneyOf({ price: 'unknown', price_amount: null }, en, formats)).toBe('We do not know what it costs. Ask first.');
    expect(moneyOf({ price: 'low', price_amount: { amount: '2.50', currency: 'EUR' } }, en, formats)).toBe('Costs little: €2.50');
    expect(moneyOf({ price: 'free', price_amount: null }, en, formats)).toBe('Free');
  });

  it('say schedules that do not repeat weekly', () => {
    expect(schedulesInWords([{ freq: 'WEEKLY', interval: 2, byday: ['TU'], opens_at: '17:00', closes_at: '19:00' }], en.find, formats)).toEqual(['Every 2 weeks: Tue, 17:00–19:00']);
    expect(schedulesInWords([{ freq: 'MONTHLY', interval: 1, byday: ['2TU', '-1FR'] }], en.find, formats)).toEqual(['Every month: Tue number 2, the last Fri']);
  });
});
