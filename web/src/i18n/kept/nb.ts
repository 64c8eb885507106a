/** Bokmål: det som er tatt vare på, det som ikke kunne lagres, og det som ville gå tapt. */
import { pluralIn } from '../plural';
import type { KeptWords } from './en';

const plural = pluralIn('nb');

export const nb: KeptWords = {
  sent: 'Sendt',
  open: 'Se på det og endre det',
  restored: 'Du begynte å skrive dette og har ikke lagret det. Ordene dine er her fortsatt.',
  restoredPhoto: 'Ordene dine er her fortsatt. Velg bildet på nytt.',
  throwAway: 'Kast det',
  photoAway: 'Dette bildet er ikke på denne telefonen. Det vises igjen når det er nett.',
  thrownAway: {
    begun: 'Det du begynte på, er kastet.',
    changes: (name) => `Endringene dine er kastet: ${name}.`,
  },
  deleting: {
    undo: 'Du kan angre i 10 sekunder, så lenge siden er åpen.',
    photoShared: 'Det som andre har sett, publisert eller kopiert før, kan ikke kalles tilbake.',
    onLeaving: (names) => `Slettet da du forlot siden: ${names}.`,
  },

  where: {
    search: 'Søk etter navn',
    searchHint: 'Gater, parker, biblioteker, kafeer og andre steder som Stead kjenner.',
    hereHint: 'Enheten din sier det én gang. Vi følger deg ikke.',
    here: 'Bruk der jeg er',
    nearbyHint: 'De nærmeste først.',
    middleHint: 'Rundt midten av fellesskapet. Si på en annen måte hvor du leter, så følger listen med.',
    more: 'Flere steder',
    mapHint: 'Flytt kartet under et kryss. Piltastene virker også.',
    map: 'Velg på kartet',
  },
  takeBack: 'Ta dette svaret tilbake',
  refused: {
    places: (most) => `Du har ${most} steder, og det er ikke plass til flere. Slett et du ikke trenger lenger, og prøv igjen.`,
    photos: (most) => `Du har ${most} bilder, og det er ikke plass til flere. Slett et du ikke trenger lenger, og prøv igjen.`,
    diary: (most) => `Du har ${most} innlegg i dagboken, og det er ikke plass til flere. Slett et du ikke trenger lenger, og prøv igjen.`,
    where: 'Vi kan ikke lagre hvor det er. Velg på nytt hvor stedet er.',
    feelings: 'En av følelsene kan ikke velges lenger. Velg på nytt.',
    ownWord: 'Et av ordene kan vi ikke lagre. Ta det bort, eller skriv det på en annen måte.',
    answer: 'Dette svaret kan vi ikke lagre slik det er. Svar på nytt, eller hopp over.',
    answers: 'Fellesskapet har endret spørsmålene sine. Se på svarene dine en gang til.',
    long: (most) => `Teksten er for lang. Vi har plass til ${most} tegn.`,
    large: 'Det er for stort.',
    gone: 'Det er ikke der lenger. Kanskje er det slettet på en annen enhet.',
    other: 'Noe i det kan vi ikke lagre slik det er. Se på det og endre det.',
  },
  conflict: {
    title: 'Stedet er endret på en annen enhet',
    text: 'Det du skrev, er her fortsatt. Hvilket skal bli værende?',
    theirs: 'Se det andre',
  },
  leaving: {
    title: 'Ikke alt er sendt',
    lost: (n, shown) => plural(n, { one: `${shown} ting er ikke sendt ennå. Går du nå, er den tapt.`, other: `${shown} ting er ikke sendt ennå. Går du nå, er de tapt.` }),
    begun: 'Du begynte på noe og har ikke lagret det. Går du nå, er det tapt.',
    sending: 'Vi sender det…',
    retry: 'Prøv å sende igjen',
    stay: 'Bli her',
    anyway: 'Gå og mist det',
    closedTitle: 'Noen var her før deg',
    closed: (n, shown) => plural(n, { one: `${shown} ting fra dem er ikke sendt ennå.`, other: `${shown} ting fra dem er ikke sendt ennå.` }),
    closedText: 'Vi holder det lukket, sender det så snart det er nett, og logger dem ut etterpå. La denne siden stå åpen.',
  },
};
