/** Norsk bokmål, bildene som stedene til en person er med i. Du-form. */
import type { PicturesMessages } from './en';

export const nb: PicturesMessages = {
  title: 'Publiserte bilder',
  count: (entered, most) => `Stedene dine har vært med i ${entered} av høyst ${most} bilder.`,
  promise: (factor, epsilon) =>
    `Hva ${epsilon} betyr: For alle bildene til sammen, med deg eller uten deg, blir ikke noe resultat mer enn omtrent ${factor} ganger så sannsynlig eller så usannsynlig (ε = ${epsilon}).`,
  weak: 'Det er et svakt løfte, og derfor finnes grensen.',
  full: 'Stedene dine er utelatt fra nye bilder nå. Du trenger ikke å gjøre noe.',
  renewTitle: 'Være med i åtte til',
  renewText: (factor, epsilon) =>
    `Du kan si ja til åtte til. Da er grensen for alle til sammen omtrent ${factor} ganger (ε = ${epsilon}). Det beskytter deg enda mindre. Ingen venter det av deg.`,
  sure: (entered) => `Jeg har vært med i ${entered} bilder, jeg har lest hva det betyr, og jeg sier ja til åtte til`,
  missing: 'Kryss av i boksen først, så ingen sier ja ved en feil.',
  renew: 'Si ja til åtte bilder til',
  renewed: 'Notert. Stedene dine kan være med i åtte bilder til.',
};
