/** English, for public stories. Plain words (level B1), short sentences. */
export const en = {
  title: 'Stories',
  lead: 'People tell here what a place means to them. They chose that everyone may read it, and how exactly the place is shown. A steward read each story first. They can take it back at any time.',
  none: 'No story is public yet.',
  count: (n: number, shown: string) => (n === 1 ? '1 story' : `${shown} stories`),
  unnamed: 'A place without a name',
  readOn: 'Read on',
  readLess: 'Show less',
  notTaken: (words: string) => `The photo that was not taken: ${words}`,
  photo: (name: string) => `Photo: ${name}`,
  published: (day: string) => `Public since ${day}`,
  more: 'Show more stories',
  mapName: 'Map of the places that the stories tell of',
  own: 'Do you want to tell of a place of your own?',
  ownLink: 'Share a place',
};

export type StoryWords = typeof en;
