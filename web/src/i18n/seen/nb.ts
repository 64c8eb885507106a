/** Norwegian, for what others are given of a place. */
import type { SeenWords } from './en';

export const nb: SeenWords = {
  title: 'Hva andre ville sett',
  lead: 'Ingenting lagres når du ser på dette. Det kommer fra det samme som andre får det fra, ut fra det du har skrevet til nå.',
  asIfShared: 'Hvem som kan se stedet, velger du i neste spørsmål. Her vises det som om du delte det til alt du har sagt ja til.',
  emptySaid: 'De får også vite at ingenting er sagt om:',
  later: 'Ingenting ennå: en vert leser historien først. Blir den godkjent, får alle dette:',
  photos: 'Bilder de får',
  noPhotos: 'Ingen bilder av det.',
  keys: {
    type: 'Skrevet som', id: 'Et nummer som står for stedet', geometry: 'Stedet på kartet som de får', name: 'Navn', kind: 'Hva det er',
    story: 'Historien din', photo_not_taken: 'Bildet du ikke tok', feelings: 'Hvordan det kjennes', chime: 'Hva det gjør for deg', activities: 'Hva du gjør der', company: 'Sammen med hvem',
    support: 'Støtte', barriers: 'Hva som står i veien', rhythm: 'Når', since: 'Siden når', answers: 'Svarene dine på fellesskapets spørsmål', answer_versions: 'Hvilken ordlyd av spørsmålene du svarte på',
    precision: 'Hvor nøyaktig', created_at: 'Når du lagret det første gang', updated_at: 'Når du endret det sist', photos: 'Bilder', published_at: 'Åpen for alle siden',
  },
  typeSaid: 'Et sted på kartet (GeoJSON)',
  yes: 'ja', no: 'nei',
  being: 'Et sted å være', doing: 'Et sted å gjøre noe',
  newId: 'Et tilfeldig nummer. Det blir trukket når du lagrer.',
  nowSaved: 'Dagen og klokkeslettet når du lagrer.',
  corners: (n) => `${n} punkter, det første er`,
  photo: {
    id: 'Et nummer som står for bildet', size: 'Størrelse', pixels: (width, height) => `${width} × ${height} piksler`, created_at: 'Når du sendte det', caption: 'Ordene dine til bildet',
    alt: 'Hva som er å se', showed: 'Svarene dine på hjelpespørsmålene', people: 'Folk på bildet',
    peopleIs: { none: 'ingen som kan kjennes igjen', agreed: 'folk som har sagt ja', private: 'folk som ikke er spurt' },
    share: 'Hvem andre som kan se det', shareFor: { research: 'forskere', public_story: 'alle, sammen med historien' }, picture: 'Selve bildet',
  },
  other: (name) => `Noe denne siden ikke har et ord for ennå (${name})`,
};
