import { describe, expect, it } from 'vitest';
import { en as picturesEn } from '../src/i18n/pictures/en';
import { et as picturesEt } from '../src/i18n/pictures/et';
import { nb as picturesNb } from '../src/i18n/pictures/nb';
import { roundFactor } from '../src/views/share/roundFactor';

describe('what a lifetime of pictures promises', () => {
  it('is rounded upwards to a number that people can remember', () => {
    expect([2.14, 3.13, 6.83, 10.232].map(roundFactor)).toEqual([8.5, 23, 930, 28_000]);
  });

  it('is told with its numbers in every language', () => {
    for (const picture of [picturesEn, picturesEt, picturesNb]) {
      expect(picture.count('5', '8')).toMatch(/5.*8/);
      expect(picture.promise('930', '6.83')).toMatch(/6\.83.*930.*6\.83/);
      expect(picture.renewText('28,000', '10.23')).toMatch(/28,000.*10\.23/);
      expect(picture.sure('8')).toContain('8');
    }
  });
});
