import type { ComponentChildren } from 'preact';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { formats, messages } from '../../../i18n';
import { draft, STEPS, type Step } from './draft';

interface StepFrameProps {
  step: Step;
  title: string;
  lead?: string;
  error?: string | null;
  /** False keeps the person here; the step says why. */
  ready?: () => boolean;
  skip?: () => void;
  children: ComponentChildren;
}

/** One question a screen: a thin line for how far along, then Back, Skip, Next. */
export function StepFrame({ step, title, lead, error, ready, skip, children }: StepFrameProps) {
  const words = messages.value;
  const { number } = formats.value;
  const at = STEPS.indexOf(step);
  const progress = words.add.progress(number(at + 1), number(STEPS.length));
  const goOn = () => navigate(here('share', 'add', draft.value?.checked ? 'check' : (STEPS[at + 1] ?? 'check')));
  const before = draft.value?.checked ? 'check' : STEPS[at - 1];
  return (
    <form class="narrow step" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (ready?.() ?? true) goOn();
    }}>
      <progress class="progress" max={STEPS.length} value={at + 1} aria-label={progress} />
      <p class="small muted">{progress}</p>
      <PageTitle>{title}</PageTitle>
      {lead && <p class="muted">{lead}</p>}
      {error && <p class="field-error" role="alert">{error}</p>}
      {children}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(before ? here('share', 'add', before) : here('share'))}>{words.back}</button>
        {skip && <button type="button" class="button-quiet" onClick={() => { skip(); goOn(); }}>{words.skip}</button>}
        <button type="submit" class="button button-main">{words.next}</button>
      </div>
    </form>
  );
}
