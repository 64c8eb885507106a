import { useMemo } from 'preact/hooks';
import { here, navigate } from '../../../app/router';
import { Choice } from '../../../components/Choice';
import { messages } from '../../../i18n';
import { PRECISIONS } from '../../../lib/grid';
import { SeenDraft } from '../SeenDraft';
import { change, draft, geometryOf, proposedPrecision, tooFine, type Draft } from './draft';
import { KnownArea } from './KnownArea';
import { StepFrame } from './StepFrame';

export function PrecisionStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const impossible = tooFine(current);
  const place = useMemo(() => geometryOf(current), [current.shape, current.corners]);
  return (
    <StepFrame step="precision" title={words.precisionTitle} lead={words.precisionLead} ready={() => !impossible}
      skip={() => change({ precision: proposedPrecision(draft.value ?? current) })}>
      <fieldset class="stack-small">
        <legend class="visually-hidden">{words.precisionTitle}</legend>
        {PRECISIONS.map((precision) => (
          <Choice key={precision} type="radio" name="precision" value={precision} checked={current.precision === precision}
            onChange={() => change({ precision })} title={words.precision[precision].title} hint={words.precision[precision].hint} />
        ))}
      </fieldset>
      {impossible ? (
        <div class="notice notice-problem" role="alert">
          <p>{words.finer}</p>
          <button type="button" class="button" onClick={() => navigate(here('share', 'add', 'where'))}>{words.chooseAgain}</button>
        </div>
      ) : place && <KnownArea place={place} precision={current.precision} />}
      {!impossible && <SeenDraft current={current} asIfShared />}
    </StepFrame>
  );
}
