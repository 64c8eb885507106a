/** Estonian, for what others are given of a place. */
import type { SeenWords } from './en';

export const et: SeenWords = {
  title: 'Mida teised näeksid',
  lead: 'Vaatamine ei salvesta midagi. See tuleb sealtsamast, kust saavad teisedki, sellest, mida oled seni kirjutanud.',
  asIfShared: 'Kes seda kohta näha võib, valid järgmises küsimuses. Siin on seda näidatud nii, nagu jagaksid seda kõigeks, millega oled nõus.',
  emptySaid: 'Neile öeldakse ka, et midagi ei ole öeldud siin:',
  later: 'Veel mitte midagi: enne loeb lugu kogukonna hoidja. Kui ta selle heaks kiidab, saavad kõik selle:',
  photos: 'Fotod, mis neile antakse',
  noPhotos: 'Ühtegi fotot mitte.',
  keys: {
    type: 'Kirja pandud kui', id: 'Number, mis seda kohta tähistab', geometry: 'Asukoht, mis neile antakse', name: 'Nimi', kind: 'Mis see on',
    story: 'Sinu lugu', photo_not_taken: 'Foto, mida sa ei teinud', feelings: 'Mis tunne seal on', chime: 'Mida see sulle annab', activities: 'Mida sa seal teed', company: 'Kellega',
    support: 'Toetus', barriers: 'Mis teeb raskeks', rhythm: 'Millal', since: 'Mis ajast alates', answers: 'Sinu vastused kogukonna küsimustele', answer_versions: 'Millises sõnastuses küsimustele sa vastasid',
    precision: 'Kui täpselt', created_at: 'Millal sa selle esimest korda salvestasid', updated_at: 'Millal sa seda viimati muutsid', photos: 'Fotod', published_at: 'Avalik alates',
  },
  typeSaid: 'Koht kaardil (GeoJSON)',
  yes: 'jah', no: 'ei',
  being: 'Koht olemiseks', doing: 'Koht tegemiseks',
  newId: 'Juhuslik number. See tekib siis, kui salvestad.',
  nowSaved: 'Päev ja kellaaeg, mil salvestad.',
  corners: (n) => `${n} punkti, neist esimene on`,
  photo: {
    id: 'Number, mis seda fotot tähistab', size: 'Suurus', pixels: (width, height) => `${width} × ${height} pikslit`, created_at: 'Millal sa selle saatsid', caption: 'Sinu sõnad selle juurde',
    alt: 'Mida sellel näha on', showed: 'Sinu vastused abiküsimustele', people: 'Inimesed fotol',
    peopleIs: { none: 'kedagi ei saa ära tunda', agreed: 'inimesed on nõus', private: 'inimestelt ei ole küsitud' },
    share: 'Kes seda veel näha võib', shareFor: { research: 'uurijad', public_story: 'kõik, koos looga' }, picture: 'Foto ise',
  },
  other: (name) => `Midagi, mille jaoks sellel lehel veel sõna ei ole (${name})`,
};
