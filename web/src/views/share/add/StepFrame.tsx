import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { AFTER_SKIPPING, draft, stepsFor, type Step } from './draft';

interface StepFrameProps {
  step: Step;
  title: string;
  lead?: string;
  error?: string | null;
  /** False keeps the person here; the step says why. */
  ready?: () => boolean;
  /** On every other way out, too: what was typed is put in order as far as it goes, and nobody is kept. */
  leave?: () => void;
  /** False stays on this step, which shows its next part. */
  skip?: () => boolean | void;
  /** True when the step went back within itself. */
  back?: () => boolean;
  /** What to call skipping, where "Skip" would say too little. */
  skipLabel?: string;
  children: ComponentChildren;
}

/** One question a screen: a thin line for how far along, then Back, Skip, Next. */
export function StepFrame({ step, title, lead, error, ready, leave, back, skip, skipLabel, children }: StepFrameProps) {
  const words = messages.value;
  const { number } = formats.value;
  const leaving = useRef(leave);
  leaving.current = leave;
  // The browser's own "back" leads out as well.
  useEffect(() => () => leaving.current?.(), []);
  const steps = stepsFor(openCommunity());
  const at = steps.indexOf(step);
  const progress = words.add.progress(number(at + 1), number(steps.length));
  const checked = draft.value?.checked ?? false;
  const goOn = () => navigate(here('share', 'add', checked ? 'check' : (steps[at + 1] ?? 'check')));
  const before = checked ? 'check' : steps[at - 1];
  const restCanWait = skip && !checked && at < steps.indexOf(AFTER_SKIPPING) - 1;
  return (
    <form class="narrow step" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (ready?.() ?? true) goOn();
    }}>
      <progress class="progress" max={steps.length} value={at + 1} aria-label={progress} />
      <p class="small muted">{progress}</p>
      <PageTitle>{title}</PageTitle>
      {lead && <p class="muted">{lead}</p>}
      {error && <p class="field-error" role="alert">{error}</p>}
      {children}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => { if (!back?.()) navigate(before ? here('share', 'add', before) : here('share')); }}>{words.back}</button>
        {skip && <button type="button" class="button-quiet" onClick={() => { if (skip() !== false) goOn(); }}>{skipLabel ?? words.skip}</button>}
        <button type="submit" class="button button-main">{words.next}</button>
      </div>
      {restCanWait && (
        <p class="skip-rest">
          <button type="button" class="button-quiet" onClick={() => navigate(here('share', 'add', AFTER_SKIPPING))}>{mine.words.place.skipRest}</button>
          <span class="small muted"> {mine.words.place.skipRestHint}</span>
        </p>
      )}
    </form>
  );
}
