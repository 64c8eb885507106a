/** Eesti keel: mis on alles, mida ei saanud hoida ja mis läheks kaotsi. */
import { pluralIn } from '../plural';
import type { KeptWords } from './en';

const plural = pluralIn('et');

export const et: KeptWords = {
  sent: 'Saadetud',
  open: 'Vaata üle ja muuda',
  restored: 'Hakkasid seda kirjutama ja see on salvestamata. Su sõnad on alles.',
  restoredPhoto: 'Su sõnad on alles. Vali foto uuesti.',
  throwAway: 'Viska ära',
  photoAway: 'Seda fotot ei ole selles telefonis. See tuleb tagasi, kui võrk on olemas.',
  thrownAway: {
    begun: 'See, mida alustasid, on ära visatud.',
    changes: (name) => `Su muudatused on ära visatud: ${name}.`,
  },
  deleting: {
    undo: 'Saad selle 10 sekundi jooksul tagasi võtta, kuni see leht on lahti.',
    photoShared: 'Mida teised on varem näinud, avaldanud või kopeerinud, seda ei saa tagasi kutsuda.',
    onLeaving: (names) => `Kustutatud, kui lehelt lahkusid: ${names}.`,
  },

  where: {
    search: 'Otsi nime järgi',
    searchHint: 'Tänavad, pargid, raamatukogud, kohvikud ja muud kohad, mida Stead teab.',
    hereHint: 'Seade ütleb seda üks kord. Me ei jälgi sind.',
    here: 'Kasuta minu asukohta',
    nearbyHint: 'Lähimad eespool.',
    middleHint: 'Kogukonna keskpaiga ümbruses. Kui ütled mõnel teisel viisil, kust otsid, tuleb nimekiri kaasa.',
    more: 'Rohkem kohti',
    mapHint: 'Liiguta kaarti risti all. Ka nooleklahvid töötavad.',
    map: 'Vali kaardil',
  },
  takeBack: 'Võta see vastus tagasi',
  refused: {
    places: (most) => `Sul on ${most} kohta ja rohkem ei mahu. Kustuta mõni, mida enam ei vaja, ja proovi siis uuesti.`,
    photos: (most) => `Sul on ${most} fotot ja rohkem ei mahu. Kustuta mõni, mida enam ei vaja, ja proovi siis uuesti.`,
    diary: (most) => `Sul on ${most} päeviku sissekannet ja rohkem ei mahu. Kustuta mõni, mida enam ei vaja, ja proovi siis uuesti.`,
    where: 'Me ei saa salvestada, kus see on. Vali uuesti, kus koht asub.',
    feelings: 'Üht neist tunnetest enam valikus ei ole. Vali uuesti.',
    ownWord: 'Üht neist sõnadest ei saa me hoida. Võta see ära või kirjuta teisiti.',
    answer: 'Seda vastust ei saa me sellisena hoida. Vasta uuesti või jäta vahele.',
    answers: 'See kogukond on oma küsimusi muutnud. Vaata oma vastused üle.',
    long: (most) => `See tekst on liiga pikk. Mahub ${most} tähemärki.`,
    large: 'See on liiga suur.',
    gone: 'Seda enam ei ole. Võib-olla on see teises seadmes kustutatud.',
    other: 'Midagi selles ei saa me sellisena hoida. Vaata üle ja muuda.',
  },
  conflict: {
    title: 'Seda kohta on teises seadmes muudetud',
    text: 'Mida sina kirjutasid, on siin alles. Kumb peaks jääma?',
    theirs: 'Vaata seda teist',
  },
  leaving: {
    title: 'Kõik ei ole veel saadetud',
    lost: (n, shown) => plural(n, { one: `${shown} asi on saatmata. Kui lahkud kohe, läheb see kaotsi.`, other: `${shown} asja on saatmata. Kui lahkud kohe, lähevad need kaotsi.` }),
    begun: 'Sul on midagi pooleli ja salvestamata. Kui lahkud kohe, läheb see kaotsi.',
    sending: 'Saadame…',
    retry: 'Proovi uuesti saata',
    stay: 'Jään siia',
    anyway: 'Lahkun, las see kaob',
    closedTitle: 'Siin oli enne keegi teine',
    closed: (n, shown) => plural(n, { one: `${shown} asi temalt on veel saatmata.`, other: `${shown} asja temalt on veel saatmata.` }),
    closedText: 'Hoiame selle suletuna, saadame ära kohe, kui võrk on olemas, ja logime ta siis välja. Jäta see leht lahti.',
  },
};
