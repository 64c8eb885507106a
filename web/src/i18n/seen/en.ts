/** English, for what others are given of a place: one word for each thing. Plain words (level B1). */
export const en = {
  title: 'What others would see',
  lead: 'Nothing is saved by looking. This is made by what serves others, from what you wrote so far.',
  asIfShared: 'You choose in the next question who may see this place. So here it is shown as if you shared it for everything that you agreed to.',
  emptySaid: 'They are also told that nothing is said on:',
  later: 'Nothing yet: a steward reads the story first. If it is approved, everyone is given this:',
  photos: 'Photos they are given',
  noPhotos: 'No photo of it.',
  keys: {
    type: 'Written as', id: 'A number that stands for this place', geometry: 'The position they are given', name: 'Name', kind: 'What it is',
    story: 'Your story', photo_not_taken: 'The photo you did not take', feelings: 'How it feels', chime: 'What it does for you', activities: 'What you do there', company: 'With whom',
    support: 'Support', barriers: 'What gets in the way', rhythm: 'When', since: 'Since when', answers: 'Your answers to the community’s questions', answer_versions: 'Which wording of the questions you answered',
    precision: 'How exactly', created_at: 'When you first saved it', updated_at: 'When you last changed it', photos: 'Photos', published_at: 'Public since',
  },
  typeSaid: 'A place on the map (GeoJSON)',
  yes: 'yes', no: 'no',
  being: 'A place to be', doing: 'A place to do things',
  newId: 'A random number. It is drawn when you save.',
  nowSaved: 'The day and time at which you save.',
  corners: (n: string) => `${n} positions, the first one is`,
  photo: {
    id: 'A number that stands for this photo', size: 'Size', pixels: (width: string, height: string) => `${width} × ${height} pixels`, created_at: 'When you sent it', caption: 'Your words to it',
    alt: 'What is to be seen', showed: 'Your answers to the questions that may help', people: 'People in it',
    peopleIs: { none: 'nobody who can be recognised', agreed: 'people who agree', private: 'people who were not asked' },
    share: 'Who else may see it', shareFor: { research: 'researchers', public_story: 'anyone, with the story' }, picture: 'The photo itself',
  },
  other: (name: string) => `Something this page has no word for yet (${name})`,
};

export type SeenWords = typeof en;
