/** English, for what is kept, refused and lost: so that nothing that a person wrote goes without a word. */
import { pluralIn } from '../plural';

const plural = pluralIn('en');

export const en = {
  sent: 'Sent',
  open: 'Look at it and change it',
  restored: 'You began to write this and have not saved it. Your words are still here.',
  restoredPhoto: 'Your words are still here. Choose the photo again.',
  throwAway: 'Throw it away',
  photoAway: 'This photo is not on this phone. It shows again when there is a network.',
  thrownAway: {
    begun: 'What you began is thrown away.',
    changes: (name: string) => `Your changes are thrown away: ${name}.`,
  },
  deleting: {
    undo: 'You can undo this for 10 seconds, as long as this page stays open.',
    photoShared: 'What others saw, published or copied before cannot be called back.',
    onLeaving: (names: string) => `Deleted when you left the page: ${names}.`,
  },

  where: {
    search: 'Search by name',
    searchHint: 'Streets, parks, libraries, cafés and other places that Stead knows.',
    hereHint: 'Your device tells it once. We do not follow you.',
    here: 'Use where I am',
    nearbyHint: 'The nearest first.',
    middleHint: 'Around the middle of the community. Say where you look in another way, and the list follows.',
    more: 'More places',
    mapHint: 'Move the map under a cross. Arrow keys work, too.',
    map: 'Choose on the map',
  },
  takeBack: 'Take this answer back',
  refused: {
    places: (most: string) => `You have ${most} places, and there is no room for more. Delete one that you no longer need, then try again.`,
    photos: (most: string) => `You have ${most} photos, and there is no room for more. Delete one that you no longer need, then try again.`,
    diary: (most: string) => `You have ${most} diary entries, and there is no room for more. Delete one that you no longer need, then try again.`,
    where: 'We cannot keep where it is. Choose again where the place is.',
    feelings: 'One of the feelings is no longer offered. Choose again.',
    ownWord: 'We cannot keep one of the words. Take it away, or write it in another way.',
    answer: 'We cannot keep this answer as it is. Answer again, or skip it.',
    answers: 'This community has changed its questions. Look at your answers again.',
    long: (most: string) => `This text is too long. We can keep ${most} characters.`,
    large: 'It is too large.',
    gone: 'It is no longer there. It may have been deleted on another device.',
    other: 'We cannot keep something in it as it is. Look at it and change it.',
  },
  conflict: {
    title: 'This place was changed on another device',
    text: 'What you wrote is still here. Which one should stay?',
    theirs: 'See the other one',
  },
  leaving: {
    title: 'Not everything is sent',
    lost: (n: number, shown: string) => plural(n, { one: `${shown} thing is not sent yet. If you leave now, it is lost.`, other: `${shown} things are not sent yet. If you leave now, they are lost.` }),
    begun: 'You began something and have not saved it. If you leave now, it is lost.',
    sending: 'We are sending it…',
    retry: 'Try again to send it',
    stay: 'Stay here',
    anyway: 'Leave and lose it',
    closedTitle: 'Somebody was here before',
    closed: (n: number, shown: string) => plural(n, { one: `${shown} thing of theirs is not sent yet.`, other: `${shown} things of theirs are not sent yet.` }),
    closedText: 'We keep it closed, send it as soon as there is a network, and then sign them out. Leave this page open.',
  },
};

export type KeptWords = typeof en;
