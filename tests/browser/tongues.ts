/** The languages, each with the very words that the pages use: a journey is written once and walked in every one of them. */
import { en, type Messages } from '../../web/src/i18n/en';
import { et } from '../../web/src/i18n/et';
import { nb } from '../../web/src/i18n/nb';
import { en as keptEn, type KeptWords } from '../../web/src/i18n/kept/en';
import { et as keptEt } from '../../web/src/i18n/kept/et';
import { nb as keptNb } from '../../web/src/i18n/kept/nb';
import { en as mineEn, type MineMessages } from '../../web/src/i18n/mine/en';
import { et as mineEt } from '../../web/src/i18n/mine/et';
import { nb as mineNb } from '../../web/src/i18n/mine/nb';

export interface Tongue {
  tag: 'en' | 'et' | 'nb';
  core: Messages;
  mine: MineMessages;
  kept: KeptWords;
}

export const ENGLISH: Tongue = { tag: 'en', core: en, mine: mineEn, kept: keptEn };

export const TONGUES: readonly Tongue[] = [
  ENGLISH,
  { tag: 'et', core: et, mine: mineEt, kept: keptEt },
  { tag: 'nb', core: nb, mine: mineNb, kept: keptNb },
];

/** Finds a word where a number in brackets may follow it, as on a filter. */
export const counted = (word: string): RegExp => new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(|$)`);
