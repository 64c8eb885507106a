import type { Purposes } from '../../api/types';
import { openCommunity } from '../../app/community';
import { NamedResearchers } from '../../components/NamedResearchers';
import { Choice } from '../../components/Choice';
import { language, messages } from '../../i18n';
import { PURPOSES } from './purposes';

/** One tick a purpose, with the community's own text. Ticking none is fine. */
export function ConsentChoices({ legend, consent, setConsent }: { legend: string; consent: Purposes; setConsent: (consent: Purposes) => void }) {
  const words = messages.value.purpose;
  const { texts } = openCommunity().consent;
  const text = texts[language.value] ?? texts['en'];
  return (
    <fieldset class="stack-small">
      <legend><h2>{legend}</h2></legend>
      {text?.intro && <p class="as-written">{text.intro}</p>}
      {PURPOSES.map((purpose) => (
        <div key={purpose} class="stack-small">
          <Choice type="checkbox" name={purpose} tone={purpose === 'public_story' ? 'story' : 'being'} checked={consent[purpose]}
            onChange={(on) => setConsent({ ...consent, [purpose]: on })} title={words[purpose].title} hint={text?.purposes[purpose]} />
          {purpose === 'research' && <NamedResearchers />}
        </div>
      ))}
      {text?.cannot_undo && <p class="notice small as-written">{text.cannot_undo}</p>}
    </fieldset>
  );
}
