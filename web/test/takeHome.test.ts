import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { et } from '../src/i18n/et';
import { nb } from '../src/i18n/nb';
import { en as mineEn } from '../src/i18n/mine/en';
import { et as mineEt } from '../src/i18n/mine/et';
import { nb as mineNb } from '../src/i18n/mine/nb';

type Titled = Record<string, { title: string }>;

const titles = (words: Titled) => Object.fromEntries(Object.entries(words).map(([id, word]) => [id, word.title]));

function words(all: typeof en, mine: typeof mineEn) {
  const { received, given, ...support } = mine.support;
  return {
    chime: titles(mine.chime), support: titles(support), received, given, often: mine.often, part: mine.part, activity: mine.activity,
    companion: mine.companion, barrier: mine.barrier, precision: titles(all.add.precision), being: all.add.being, doing: all.add.doing,
    strength: all.add.strengths,
  };
}

describe('the page that goes home with a person', () => {
  it('says what the app says, in each language', async () => {
    const said = { en: words(en, mineEn), et: words(et, mineEt), nb: words(nb, mineNb) };
    await expect(`${JSON.stringify(said, null, 1)}\n`).toMatchFileSnapshot('../../data/vocabulary/take_home.json');
  });
});
