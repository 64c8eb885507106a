import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api, Problem } from '../../../api/client';
import { openCommunity } from '../../../app/community';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { ShapeMark } from '../../../components/ShapeMark';
import { formats, messages } from '../../../i18n';
import { FeelingWords } from '../FeelingWords';
import { said } from '../said';
import { PURPOSES } from '../purposes';
import { change, draft, draftOf, requestOf, stepOfField, STEPS, type Draft, type Step } from './draft';

/** The last screen: everything, and who will see what. */
export function CheckStep({ current }: { current: Draft }) {
  const words = messages.value;
  const { id: community } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => change({ checked: true }), []);

  const missing: Step | null = !current.point ? 'where' : !current.being && !current.doing ? 'kind' : null;
  const save = async () => {
    if (missing) return navigate(here('share', 'add', missing));
    setBusy(true);
    setReason(null);
    try {
      const request = await requestOf(current);
      if (current.saved) await api.changePlace(community, current.saved.id, request, current.saved.etag);
      else await api.addPlace(community, request, current.key);
      const shared = PURPOSES.some((purpose) => current.share[purpose]);
      said.value = shared ? words.mine.saved : words.mine.savedPrivate;
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
  const { being, doing, share } = current;
  const precision = words.add.precision[current.precision];
  const rows: [Step, string, ComponentChildren][] = [
    ['where', words.add.checkWhere, current.near ? words.add.chosenNear(current.near) : current.near === null && current.saved ? words.add.kept : current.point && formats.value.coordinates(current.point)],
    ['kind', words.add.checkKind, (being || doing) && <><ShapeMark being={being} doing={doing} size={22} /> {words.shape[being && doing ? 'both' : being ? 'being' : 'doing']}</>],
    ['feelings', words.add.checkFeelings, current.feelings.length > 0 ? <FeelingWords feelings={current.feelings} /> : words.add.noFeelings],
    ['precision', words.add.checkPrecision, <>{precision.title}. {precision.hint}{current.home && ` ${words.add.home}.`}</>],
    ['share', words.add.checkShare, PURPOSES.some((purpose) => share[purpose])
      ? <ul class="plain-list">{PURPOSES.filter((purpose) => share[purpose]).map((purpose) => <li key={purpose}>{words.purpose[purpose].title}: {words.purpose[purpose].who}</li>)}</ul>
      : words.add.onlyMe],
    ['story', words.add.checkStory, current.name || current.story
      ? <>{current.name && <strong>{current.name}</strong>}{current.story && <p class="story">{current.story}</p>}</>
      : words.add.noStory],
  ];
  return (
    <section class="narrow step">
      <progress class="progress" max={STEPS.length} value={STEPS.length} aria-label={words.add.progress(String(STEPS.length), String(STEPS.length))} />
      <PageTitle>{words.add.checkTitle}</PageTitle>
      {reason !== null && !wrong && <ProblemNotice reason={reason} />}
      <dl class="answers">
        {rows.map(([step, term, answer]) => (
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
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => navigate(current.saved ? here('share') : here('share', 'add', 'story'))}>{current.saved ? words.cancel : words.back}</button>
        <button type="button" class="button button-main" disabled={busy} onClick={() => void save()}>{current.saved ? words.add.saveChange : words.add.save}</button>
      </div>
    </section>
  );
}
