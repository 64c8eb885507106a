import { describe, expect, it } from 'vitest';
import { dayInWords, drawnWeek, weekOf } from '../src/lib/week';
import { instantOf, localTime } from '../src/lib/zone';

const inWords = (hours: string | null, schedules = [] as Parameters<typeof weekOf>[1]) => weekOf(hours, schedules)?.map((day) => dayInWords(day)) ?? null;

describe('the week of opening hours', () => {
  it('reads days and times', () => {
    expect(inWords('Mo-Fr 10:00-18:00; Sa 11:00-15:00')).toEqual(['10:00–18:00', '10:00–18:00', '10:00–18:00', '10:00–18:00', '10:00–18:00', '11:00–15:00', null]);
    expect(inWords('Mo-Fr 10:00-18:00, Sa 11:00-15:00')?.[5]).toBe('11:00–15:00');
    expect(inWords('Tu 10:00-12:00,13:00-17:00')?.[1]).toBe('10:00–12:00, 13:00–17:00');
    expect(inWords('Fr-Mo 09:00-10:00')).toEqual(['09:00–10:00', null, null, null, '09:00–10:00', '09:00–10:00', '09:00–10:00']);
    expect(inWords('24/7')?.[3]).toBe('00:00–24:00');
  });

  it('takes a comma with a space for days of one rule', () => {
    expect(inWords('Mo-Th, Su 10:00-18:00')).toEqual(['10:00–18:00', '10:00–18:00', '10:00–18:00', '10:00–18:00', null, null, '10:00–18:00']);
  });

  it('lets a later rule take a day back, and leaves public holidays apart', () => {
    expect(inWords('Mo-Su 10:00-18:00; We off; PH off')).toEqual(['10:00–18:00', '10:00–18:00', null, '10:00–18:00', '10:00–18:00', '10:00–18:00', '10:00–18:00']);
    expect(inWords('Mo-Fr,PH 08:00-20:00')?.[5]).toBe(null);
  });

  it('carries the hours past midnight over to the next day when it draws', () => {
    const week = weekOf('Su 20:00-02:00', []) ?? [];
    expect(dayInWords(week[6] ?? [])).toBe('20:00–02:00');
    expect(drawnWeek(week)[0]).toEqual([[0, 120]]);
    expect(drawnWeek(week)[6]).toEqual([[1200, 1440]]);
  });

  it('draws nothing that it is not sure of', () => {
    for (const hours of ['"by appointment"', 'Mo-Fr sunrise-sunset', 'Jan-Mar Mo 10:00-12:00', 'Mo[1] 10:00-12:00', 'week 1-53/2 Tu 10:00-12:00', 'Mo 10:00+', 'Mo-Fr 10:00-18:00 "ring first"', 'Mo', 'nonsense']) {
      expect(inWords(hours), hours).toBe(null);
    }
    expect(inWords(null)).toBe(null);
    expect(inWords(null, [{ freq: 'WEEKLY', interval: 2, byday: ['TU'], opens_at: '17:00', closes_at: '19:00' }])).toBe(null);
  });

  it('adds what happens in every week', () => {
    expect(inWords('Tu 10:00-12:00', [{ freq: 'WEEKLY', byday: ['TU'], opens_at: '17:00', closes_at: '19:00' }])?.[1]).toBe('10:00–12:00, 17:00–19:00');
  });
});

describe('the clocks of the community', () => {
  it('give the instant, in winter and in summer, and on the days when they change', () => {
    expect(instantOf('2026-01-15T18:00', 'Europe/Tallinn')).toBe('2026-01-15T16:00:00Z');
    expect(instantOf('2026-07-15T18:00', 'Europe/Oslo')).toBe('2026-07-15T16:00:00Z');
    expect(instantOf('2026-03-29T05:00', 'Europe/Tallinn')).toBe('2026-03-29T02:00:00Z');
    expect(instantOf('2026-10-25T01:00', 'Europe/Oslo')).toBe('2026-10-24T23:00:00Z');
    expect(instantOf('tomorrow', 'Europe/Oslo')).toBe(null);
    expect(localTime(new Date('2026-10-24T22:30:00Z'), 'Europe/Oslo')).toBe('2026-10-25T00:30');
  });
});
