import { openCommunity } from '../../../app/community';
import { me } from '../../../app/session';
import type { Purpose } from '../../../api/types';
import { Choice } from '../../../components/Choice';
import { language, messages } from '../../../i18n';
import { NOTHING_SHARED, PURPOSES } from '../purposes';
import { change, type Draft } from './draft';
import { StepFrame } from './StepFrame';

export function ShareStep({ current }: { current: Draft }) {
  const words = messages.value;
  const { consent } = openCommunity();
  const given = me.value?.consent;
  const texts = consent.texts[language.value] ?? consent.texts['en'];
  const agreed = (purpose: Purpose): boolean => given?.[purpose] ?? false;
  const none = !PURPOSES.some(agreed);
  return (
    <StepFrame step="share" title={words.add.shareTitle} lead={none ? words.add.shareNone : words.add.shareLead} skip={() => change({ share: NOTHING_SHARED })}>
      {!none && (
        <fieldset class="stack-small">
          <legend class="visually-hidden">{words.add.shareTitle}</legend>
          {PURPOSES.map((purpose) => (
            <Choice key={purpose} type="checkbox" name={purpose} tone={purpose === 'public_story' ? 'story' : 'being'} disabled={!agreed(purpose)}
              checked={agreed(purpose) && current.share[purpose]} onChange={(on) => change({ share: { ...current.share, [purpose]: on } })}
              title={words.purpose[purpose].share} hint={agreed(purpose) ? texts?.purposes[purpose] : words.add.shareNotAgreed} />
          ))}
        </fieldset>
      )}
    </StepFrame>
  );
}
