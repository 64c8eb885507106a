import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { et } from '../src/i18n/et';
import { nb } from '../src/i18n/nb';
import { en as mineEn } from '../src/i18n/mine/en';
import { et as mineEt } from '../src/i18n/mine/et';
import { nb as mineNb } from '../src/i18n/mine/nb';
import { en as plannerEn } from '../src/i18n/planner/en';
import { et as plannerEt } from '../src/i18n/planner/et';
import { nb as plannerNb } from '../src/i18n/planner/nb';

describe('the promise of a published picture', () => {
  it('is told with the numbers of a year and of a lifetime in every language', () => {
    for (const planner of [plannerEn, plannerEt, plannerNb]) expect(planner.promiseYear).toMatch(/23 .*3[.,]13.* 930 .*6[.,]83/);
  });

  it('says in every language what it does not cover: accounts, searches, backups and logs', () => {
    expect(plannerEn.promiseNot).toMatch(/accounts, searches for support, backup copies and the server’s log/);
    expect(plannerEt.promiseNot).toMatch(/kontod, toe otsingud, varukoopiad ja serveri logi/);
    expect(plannerNb.promiseNot).toMatch(/kontoer, søk etter støtte, sikkerhetskopier og serverens logg/);
  });

  it('is nowhere told as if nobody could find out', () => {
    const said = [en, et, nb].map((words) => words.picture.cannot.join(' '));
    expect(said[0]).toMatch(/hard to tell whether one person took part, but not impossible/);
    expect(said[1]).toMatch(/raske teada saada, kas üks inimene osales, kuid see ei ole võimatu/);
    expect(said[2]).toMatch(/vanskelig å finne ut om én person var med, men ikke umulig/);
    for (const text of said) expect(text).not.toMatch(/nobody can|keegi ei saaks|ingen kan/);
  });
});

describe('what the numbers of a picture are', () => {
  it('is told of feelings with who named none, who counts as 0, in every language', () => {
    expect(plannerEn.about.quality).toMatch(/named no feelings counts as 0/);
    expect(plannerEt.about.quality).toMatch(/tundeid ei märkinud, läheb arvesse arvuga 0/);
    expect(plannerNb.about.quality).toMatch(/ikke nevnte noen følelser, teller som 0/);
  });
});

describe('the promise of a PIN', () => {
  it('says in every language that the short list stays open', () => {
    for (const [{ phone }, list] of [[mineEn, 'your short list'], [mineEt, 'sinu lühinimekiri'], [mineNb, 'kortlisten din']] as const) {
      for (const text of [phone.pinText, phone.pinSet]) expect(text).toContain(list);
    }
  });
});
