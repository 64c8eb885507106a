import { pluralIn } from '../plural';
import type { CompareMessages } from './en';

const plural = pluralIn('et');

export const et: CompareMessages = {
  title: (community) => `${community}: kaks pilti kõrvuti`,
  controls: 'Vali, mida võrrelda',
  what: 'Võrdle',
  kinds: { releases: 'Kahte kuupäeva', measures: 'Kahte näitajat' },
  earlier: 'Varasem',
  later: 'Hilisem',
  other: 'Millega',
  one: 'Praegu on üksainus pilt. Kui tuleb teine, näed siin, mis muutus.',
  none: 'Pilti veel ei ole, seega ei ole ka midagi võrrelda.',
  fewUnits: 'Sellel pildil ei ole naabruskondi, seepärast ei ole kahte näitajat, mida võrrelda.',
  back: 'Vaata pilti',
  profileNot: 'Kaasatuse profiili ja käeulatuses tuge siin ei ole: need kasutavad tänast kataloogi ega saa rääkida varasemast ajast.',
  more: {
    concentration: (n, shown, where) => plural(n, {
      one: `${shown} alal märkis kohti selgelt rohkem inimesi kui enne: ${where}.`,
      other: `${shown} alal märkis kohti selgelt rohkem inimesi kui enne. Kõige selgemalt: ${where}.`,
    }),
    relative: (n, shown, where) => plural(n, {
      one: `${shown} naabruskonnas oli 1000 elaniku kohta selgelt rohkem osalejaid kui enne: ${where}.`,
      other: `${shown} naabruskonnas oli 1000 elaniku kohta selgelt rohkem osalejaid kui enne. Kõige selgemalt: ${where}.`,
    }),
    quality: (n, shown, where) => plural(n, {
      one: `${shown} naabruskonnas tundsid inimesed end oma kohtades selgelt paremini kui enne: ${where}.`,
      other: `${shown} naabruskonnas tundsid inimesed end oma kohtades selgelt paremini kui enne. Kõige selgemalt: ${where}.`,
    }),
  },
  moreNone: {
    concentration: 'Ühelgi alal ei märkinud kohti selgelt rohkem inimesi kui enne.',
    relative: 'Üheski naabruskonnas ei olnud 1000 elaniku kohta selgelt rohkem osalejaid kui enne.',
    quality: 'Üheski naabruskonnas ei tundnud inimesed end oma kohtades selgelt paremini kui enne.',
  },
  fewer: {
    concentration: (n, shown, where) => plural(n, {
      one: `${shown} alal märkis kohti selgelt vähem inimesi kui enne: ${where}.`,
      other: `${shown} alal märkis kohti selgelt vähem inimesi kui enne. Kõige selgemalt: ${where}.`,
    }),
    relative: (n, shown, where) => plural(n, {
      one: `${shown} naabruskonnas oli 1000 elaniku kohta selgelt vähem osalejaid kui enne: ${where}.`,
      other: `${shown} naabruskonnas oli 1000 elaniku kohta selgelt vähem osalejaid kui enne. Kõige selgemalt: ${where}.`,
    }),
    quality: (n, shown, where) => plural(n, {
      one: `${shown} naabruskonnas tundsid inimesed end oma kohtades selgelt halvemini kui enne: ${where}.`,
      other: `${shown} naabruskonnas tundsid inimesed end oma kohtades selgelt halvemini kui enne. Kõige selgemalt: ${where}.`,
    }),
  },
  fewerNone: {
    concentration: 'Ühelgi alal ei märkinud kohti selgelt vähem inimesi kui enne.',
    relative: 'Üheski naabruskonnas ei olnud 1000 elaniku kohta selgelt vähem osalejaid kui enne.',
    quality: 'Üheski naabruskonnas ei tundnud inimesed end oma kohtades selgelt halvemini kui enne.',
  },
  unchanged: (same, unknown, all) => `Alasid on ${all}. Neist ${same} puhul ei ole erinevus mürast selgem. ${unknown} ala kohta ei ole piisavalt teavet.`,
  sideBySide: 'Kõrvuti',
  sameScale: 'Mõlemad on joonistatud samade astmetega.',
  scale: { concentration: 'Inimesi umbes', relative: '1000 elaniku kohta', quality: 'Tunnete keskmine' },
  onDate: (date) => `Avaldatud ${date}`,
  difference: 'Mis muutus',
  differenceOf: (measure, from, to) => `${measure}: erinevus, ${from} kuni ${to}`,
  className: {
    hot99: 'Palju rohkem kui enne, väga kindel', hot95: 'Rohkem kui enne, kindel', hot90: 'Võib-olla rohkem kui enne', none: 'Selget erinevust ei ole',
    cold90: 'Võib-olla vähem kui enne', cold95: 'Vähem kui enne, kindel', cold99: 'Palju vähem kui enne, väga kindel', not_enough: 'Teavet ei ole piisavalt',
  },
  qualityClass: {
    hot99: 'Palju parem kui enne, väga kindel', hot95: 'Parem kui enne, kindel', hot90: 'Võib-olla parem kui enne', none: 'Selget erinevust ei ole',
    cold90: 'Võib-olla halvem kui enne', cold95: 'Halvem kui enne, kindel', cold99: 'Palju halvem kui enne, väga kindel', not_enough: 'Teavet ei ole piisavalt',
  },
  legendOutline: 'Jäme piirjoon: erinevus jääb alles ka siis, kui arvestame, et vaatame korraga palju alasid. Triibud: me ei ole kindlad.',
  tested: (n) => `Koos on hinnatud ${n} ala.`,
  maps: 'Näita kaartidena, mis liiguvad koos',
  hideMaps: 'Peida kaardid',
  mapOf: (what) => `Kaart: ${what}`,
  tableTitle: 'Sama arvudes',
  tableCaption: (n) => `Alasid: ${n}. Järjestamiseks vajuta veeru nimele.`,
  column: { name: 'Ala', value: 'Erinevus', interval: 'Tõenäoliselt vahemikus', before: 'Enne inimesi umbes', people: 'Nüüd inimesi umbes', q: 'Juhuse näit (q)', class: 'Mida see tähendab' },
  howTitle: 'Kuidas seda lugeda',
  how: [
    'Mõlemas pildis on müra, mis kaitseb inimesi, ja erinevuses on mõlema müra. „Tõenäoliselt vahemikus“ arvestab seda kõike: üheksal korral kümnest jääb erinevus nende piiride vahele.',
    'Osakaalusid ja tundeid võrdleme nii, nagu need loendati, mitte keskmise poole nihutatuna. Kes tundeid ei märkinud, läheb arvesse arvuga 0. Vahemikud on pigem liiga laiad kui liiga kitsad, sest paljud inimesed on mõlemal pildil.',
    'Kui kellelgi on kohti väga paljudel aladel, loeme ta neist ainult mõnel, ja need loositakse iga pildi jaoks uuesti. See nihutab arve veidi.',
    'Elanike arv on mõlema kuupäeva puhul tänane.',
  ],
  cannotTitle: 'Mida see öelda ei saa',
  cannot: [
    'See ei ütle, miks miski muutus. Inimesi tuleb ja läheb, kohti avatakse ja suletakse, kõik samal ajal.',
    'Kui kaardil on rohkem inimesi, võib see tähendada, et rohkem inimesi teab kaardist.',
    'Oranž ei ole hea ja lilla ei ole halb.',
    'Hall ütleb, et me ei tea. See ei ütle, et midagi ei muutunud.',
  ],
  take: 'Võta see võrdlus kaasa',
  takeTable: 'See tabel (CSV)',
  takeShapes: 'See tabel kujunditega (GeoJSON)',
  together: 'Mõlemad ühel joonisel',
  scatter: (one, other, n) => `Naabruskondi on ${n}. Vasakult paremale: ${one}. Alt üles: ${other}. Kummalgi on oma tõenäoline vahemik. Samad arvud on allolevas tabelis.`,
  pairs: (n, all) => `Naabruskondi on ${all}. Neist ${n} puhul on olemas mõlemad arvud.`,
  pairNot: 'Kaks arvu, mis seisavad kõrvuti, ei seleta teineteist.',
};
