import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { wayNow } from './asking';
import { AFTER_SKIPPING, stepAfter, stepBefore, type Step } from './steps';

interface StepFrameProps {
  step: Step;
  title: string;
  lead?: string;
  error?: string | null;
  /** False keeps the person here; the step says why. */
  ready?: () => boolean;
  /** On every other way out, too: what was typed is put in order as far as it goes, and nobody is kept. */
  leave?: () => void;
  skip?: () => void;
  /** The question that this one hangs on. */
  asker?: Step | null;
  /** What to call skipping, where "Skip" would say too little. */
  skipLabel?: string;
  children: ComponentChildren;
}

/** One question a screen: a thin line for how far along, then Back, Skip, Next. */
export function StepFrame({ step, title, lead, error, ready, leave, skip, asker = null, skipLabel, children }: StepFrameProps) {
  const words = messages.value;
  const { number } = formats.value;
  const leaving = useRef(leave);
  leaving.current = leave;
  // The browser's own "back" leads out as well.
  useEffect(() => () => leaving.current?.(), []);
  const way = wayNow();
  const { steps, checked } = way;
  const at = steps.indexOf(step);
  // The last of the steps shows the answers and asks nothing.
  const questions = steps.length - 1;
  const progress = words.add.progress(number(at + 1), number(questions));
  // Only now: the answer may have asked for more.
  const goOn = () => navigate(here('share', 'add', stepAfter(step, wayNow())));
  const before = stepBefore(step, way, asker);
  const restCanWait = skip && !checked && at < steps.indexOf(AFTER_SKIPPING) - 1;
  return (
    <form class="narrow step" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (ready?.() ?? true) goOn();
    }}>
      <progress class="progress" max={questions} value={at + 1} aria-label={progress} />
      <p class="small muted">{progress}</p>
      <PageTitle>{title}</PageTitle>
      {lead && <p class="muted">{lead}</p>}
      {error && <p class="field-error" role="alert">{error}</p>}
      {children}
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(before ? here('share', 'add', before) : here('share'))}>{words.back}</button>
        {skip && <button type="button" class="button-quiet" onClick={() => { skip(); goOn(); }}>{skipLabel ?? words.skip}</button>}
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
