import { useEffect, useState } from 'preact/hooks';
import { api, Problem } from '../../../api/client';
import { openCommunity } from '../../../app/community';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { said } from '../said';
import { PURPOSES } from '../purposes';
import { discard } from '../../../offline/outbox';
import { SeenDraft } from '../SeenDraft';
import { answerRows } from './answerRows';
import { keepPlace, settled } from './keepPlace';
import { change, draft, draftOf, isPlaced, stepOfField, stepsFor, type Draft, type Step } from './draft';

/** The last screen: everything, and who will see what. */
export function CheckStep({ current }: { current: Draft }) {
  const words = messages.value;
  const { id: community } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => change({ checked: true }), []);

  const missing: Step | null = !isPlaced(current) ? 'where' : !current.being && !current.doing ? 'kind' : null;
  const save = async () => {
    if (missing) return navigate(here('share', 'add', missing));
    setBusy(true);
    setReason(null);
    try {
      const item = await keepPlace(current);
      const left = await settled(item);
      if (left?.refused) {
        await discard({ ...left, attempted: false });
        const { kind, detail, field } = left.refused;
        throw new Problem(kind === 'stale' ? 412 : 422, kind, detail, field);
      }
      const shared = PURPOSES.some((purpose) => current.share[purpose]);
      said.value = left ? mine.words.outbox.savedHere : shared ? words.mine.saved : words.mine.savedPrivate;
      draft.value = null;
      navigate(here('share'));
    } catch (failure) {
      setBusy(false);
      setReason(failure);
      if (failure instanceof Problem && failure.kind === 'stale' && current.saved) {
        const newest = await api.place(community, current.saved.id);
        draft.value = draftOf(newest.body, newest.etag ?? '');
      }
    }
  };

  const wrong = reason instanceof Problem ? stepOfField(reason.field) : null;
  const rows = answerRows(current);
  const steps = stepsFor(openCommunity()).length;
  return (
    <section class="narrow step">
      <progress class="progress" max={steps} value={steps} aria-label={words.add.progress(String(steps), String(steps))} />
      <PageTitle>{words.add.checkTitle}</PageTitle>
      {reason !== null && !wrong && <ProblemNotice reason={reason} />}
      <dl class="answers">
        {rows.map(({ step, term, answer }) => (
          <div key={step} class={wrong === step ? 'has-error' : undefined}>
            <dt>{term}</dt>
            <dd>
              {wrong === step && reason instanceof Problem && <p class="field-error" role="alert">{reason.detail}</p>}
              {answer}
            </dd>
            <dd class="answer-change"><a href={here('share', 'add', step)} aria-label={words.add.changeAnswer(term)}>{words.change}</a></dd>
          </div>
        ))}
      </dl>
      <SeenDraft current={current} />
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(current.saved ? here('share') : here('share', 'add', 'share'))}>{current.saved ? words.cancel : words.back}</button>
        <button type="button" class="button button-main" disabled={busy} onClick={() => void save()}>{current.saved ? words.add.saveChange : words.add.save}</button>
      </div>
    </section>
  );
}
