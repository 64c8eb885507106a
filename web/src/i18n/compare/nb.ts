import { pluralIn } from '../plural';
import type { CompareMessages } from './en';

const plural = pluralIn('nb');

export const nb: CompareMessages = {
  title: (community) => `To bilder av ${community}, side om side`,
  controls: 'Velg hva du vil sammenligne',
  what: 'Sammenlign',
  kinds: { releases: 'To datoer', measures: 'To mål' },
  earlier: 'Tidligere',
  later: 'Senere',
  other: 'Med',
  one: 'Det finnes bare ett bilde. Når det kommer et til, ser du her hva som er endret.',
  none: 'Det finnes ikke noe bilde ennå, så det er ikke noe å sammenligne.',
  fewUnits: 'Dette bildet har ingen nabolag, så det er ikke to mål å sammenligne.',
  back: 'Se bildet',
  profileNot: 'Inkluderingsprofilen og støtten innen rekkevidde er ikke med: de bruker katalogen slik den er i dag, og kan ikke si noe om en tidligere dato.',
  more: {
    concentration: (n, shown, where) => plural(n, {
      one: `I ${shown} område har klart flere merket et sted enn før: ${where}.`,
      other: `I ${shown} områder har klart flere merket et sted enn før, mest av alt i ${where}.`,
    }),
    relative: (n, shown, where) => plural(n, {
      one: `I ${shown} nabolag deltok klart flere per 1000 innbyggere enn før: ${where}.`,
      other: `I ${shown} nabolag deltok klart flere per 1000 innbyggere enn før, mest av alt i ${where}.`,
    }),
    quality: (n, shown, where) => plural(n, {
      one: `I ${shown} nabolag hadde folk det klart bedre på stedene sine enn før: ${where}.`,
      other: `I ${shown} nabolag hadde folk det klart bedre på stedene sine enn før, mest av alt i ${where}.`,
    }),
  },
  moreNone: {
    concentration: 'Ikke i noe område har klart flere merket et sted enn før.',
    relative: 'Ikke i noe nabolag deltok klart flere per 1000 innbyggere enn før.',
    quality: 'Ikke i noe nabolag hadde folk det klart bedre på stedene sine enn før.',
  },
  fewer: {
    concentration: (n, shown, where) => plural(n, {
      one: `I ${shown} område har klart færre merket et sted enn før: ${where}.`,
      other: `I ${shown} områder har klart færre merket et sted enn før, mest av alt i ${where}.`,
    }),
    relative: (n, shown, where) => plural(n, {
      one: `I ${shown} nabolag deltok klart færre per 1000 innbyggere enn før: ${where}.`,
      other: `I ${shown} nabolag deltok klart færre per 1000 innbyggere enn før, mest av alt i ${where}.`,
    }),
    quality: (n, shown, where) => plural(n, {
      one: `I ${shown} nabolag hadde folk det klart dårligere på stedene sine enn før: ${where}.`,
      other: `I ${shown} nabolag hadde folk det klart dårligere på stedene sine enn før, mest av alt i ${where}.`,
    }),
  },
  fewerNone: {
    concentration: 'Ikke i noe område har klart færre merket et sted enn før.',
    relative: 'Ikke i noe nabolag deltok klart færre per 1000 innbyggere enn før.',
    quality: 'Ikke i noe nabolag hadde folk det klart dårligere på stedene sine enn før.',
  },
  unchanged: (same, unknown, all) => `Av ${all} områder har ${same} ingen forskjell som er tydeligere enn støyen. Om ${unknown} vet vi ikke nok.`,
  sideBySide: 'Side om side',
  sameScale: 'Begge er tegnet med de samme trinnene.',
  scale: { concentration: 'Mennesker, omtrent', relative: 'Per 1000 innbyggere', quality: 'Gjennomsnitt av følelsene' },
  onDate: (date) => `Publisert ${date}`,
  difference: 'Hva som er endret',
  differenceOf: (measure, from, to) => `${measure}: forskjellen fra ${from} til ${to}`,
  className: {
    hot99: 'Mange flere enn før, svært sikkert', hot95: 'Flere enn før, sikkert', hot90: 'Kanskje flere enn før', none: 'Ingen tydelig forskjell',
    cold90: 'Kanskje færre enn før', cold95: 'Færre enn før, sikkert', cold99: 'Mange færre enn før, svært sikkert', not_enough: 'Vi vet ikke nok',
  },
  qualityClass: {
    hot99: 'Mye bedre enn før, svært sikkert', hot95: 'Bedre enn før, sikkert', hot90: 'Kanskje bedre enn før', none: 'Ingen tydelig forskjell',
    cold90: 'Kanskje dårligere enn før', cold95: 'Dårligere enn før, sikkert', cold99: 'Mye dårligere enn før, svært sikkert', not_enough: 'Vi vet ikke nok',
  },
  legendOutline: 'Tykk kant: forskjellen står seg når vi tar hensyn til at vi ser på mange områder. Striper: vi er ikke sikre.',
  tested: (n) => `${n} områder er vurdert sammen.`,
  maps: 'Vis som kart som flytter seg sammen',
  hideMaps: 'Skjul kartene',
  mapOf: (what) => `Kart: ${what}`,
  tableTitle: 'Det samme i tall',
  tableCaption: (n) => `${n} områder. Trykk på et kolonnenavn for å sortere.`,
  column: { name: 'Område', value: 'Forskjell', interval: 'Trolig mellom', before: 'Mennesker før, omtrent', people: 'Mennesker nå, omtrent', q: 'Tilfeldighetsmål (q)', class: 'Hva det betyr' },
  howTitle: 'Slik leser du dette',
  how: [
    'Begge bildene har støy som beskytter folk, og forskjellen har støyen fra begge. «Trolig mellom» tar med alt dette: ni av ti ganger ligger forskjellen her.',
    'Andeler og følelser sammenlignes slik de ble talt, ikke trukket mot midten. Den som ikke nevnte noen følelser, teller som 0. Spennet er heller for bredt enn for smalt, fordi mange er med i begge bildene.',
    'Den som har steder i svært mange områder, blir talt i noen av dem, og de trekkes på nytt for hvert bilde. Det flytter tallene litt.',
    'Innbyggertallet er dagens for begge datoene.',
  ],
  cannotTitle: 'Hva dette ikke kan si',
  cannot: [
    'Det sier ikke hvorfor noe er endret. Folk kommer og går, og steder åpner og stenger, alt på samme tid.',
    'Flere på kartet kan bety at flere kjenner til kartet.',
    'Oransje er ikke bra, og lilla er ikke dårlig.',
    'Grått sier at vi ikke vet. Det sier ikke at ingenting er endret.',
  ],
  take: 'Ta med deg sammenligningen',
  takeTable: 'Denne tabellen (CSV)',
  takeShapes: 'Denne tabellen med former (GeoJSON)',
  together: 'Begge i én tegning',
  scatter: (one, other, n) => `${n} nabolag: ${one} fra venstre til høyre, og ${other} nedenfra og opp, hver med sitt trolige spenn. Tabellen under har de samme tallene.`,
  pairs: (n, all) => `Av ${all} nabolag har ${n} begge tallene.`,
  pairNot: 'To tall som står side om side, forklarer ikke hverandre.',
};
