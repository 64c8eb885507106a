/** Eesti keel, pildid, milles inimese kohad on. Sina-vormis. */
import type { PicturesMessages } from './en';

export const et: PicturesMessages = {
  title: 'Avaldatud pildid',
  count: (entered, most) => `Piltide arv, milles sinu kohad on olnud: ${entered}. Kõige rohkem võib neid olla ${most}.`,
  promise: (factor, epsilon) =>
    `Mida tähendab ${epsilon}: kõigi nende piltide kohta koos, sinuga või sinuta, ei muutu ükski tulemus üle umbes ${factor} korra tõenäolisemaks ega ebatõenäolisemaks (ε = ${epsilon}).`,
  weak: 'See on nõrk lubadus ja sellepärast on piir olemas.',
  full: 'Uutest piltidest jäävad sinu kohad nüüd välja. Sa ei pea midagi tegema.',
  renewTitle: 'Olla veel kaheksas pildis',
  renewText: (factor, epsilon) =>
    `Sa võid nõustuda veel kaheksa pildiga. Siis on kõigi piltide piir koos umbes ${factor} korda (ε = ${epsilon}). See kaitseb sind veel vähem. Keegi ei oota seda sinult.`,
  sure: (entered) => `Piltide arv, milles ma olen olnud, on ${entered}. Ma lugesin, mida see tähendab, ja nõustun veel kaheksaga`,
  missing: 'Märgi enne ruut, et keegi ei nõustuks kogemata.',
  renew: 'Nõustun veel kaheksa pildiga',
  renewed: 'Kirjas. Sinu kohad võivad olla veel kaheksas pildis.',
};
