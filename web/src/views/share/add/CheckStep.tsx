import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import { openCommunity } from '../../../app/community';
import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { thrownWords } from '../BegunNotice';
import { announceDeletion } from '../deletions';
import { said } from '../said';
import { PURPOSES } from '../purposes';
import { discard } from '../../../offline/outbox';
import type { Waiting } from '../../../offline/items';
import { refusalWords } from '../refusals';
import { SeenDraft } from '../SeenDraft';
import { answerRows, type AnswerRow } from './answerRows';
import { answersSeen, questionsNow, stepsNow } from './asking';
import { Conflict } from './Conflict';
import { change, draft, draftOf, isPlaced, isUntouched, type Draft } from './draft';
import { keepPlace, settled } from './keepPlace';
import { unreadable } from './questions';
import { stepOfField, type Step } from './steps';
import { throwAway } from './thrownDraft';

/** The last screen: everything, and who will see what. */
export function CheckStep({ current }: { current: Draft }) {
  const words = messages.value;
  const { id: community } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const [refused, setRefused] = useState<Waiting['refused']>(null);
  /** What somebody, perhaps on another device, made of the place in the meantime. */
  const [theirs, setTheirs] = useState<{ draft: Draft; etag: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const kind = current.saved ? 'change' : 'add';
  useEffect(() => {
    answersSeen();
    change({ checked: true });
  }, []);

  const missing: Step | null = !isPlaced(current) ? 'where' : !current.being && !current.doing ? 'kind' : null;
  const save = async () => {
    if (missing) return navigate(here('share', 'add', missing));
    const unread = unreadable(openCommunity().questions?.items ?? [], current.answers);
    if (unread) return setRefused({ kind: 'unreadable', detail: '', field: `properties.answers.${unread.id}` });
    setBusy(true);
    setReason(null);
    setRefused(null);
    try {
      const item = await keepPlace(theirs ? { ...current, saved: current.saved && { ...current.saved, etag: theirs.etag } } : current);
      const left = await settled(item);
      if (left?.refused) {
        // It stays as it is in the draft, which is kept on this device, too.
        await discard({ ...left, attempted: false });
        setBusy(false);
        if (left.refused.kind === 'stale' && current.saved) return await compare(current.saved.id);
        return setRefused({ ...left.refused, kind: left.refused.kind });
      }
      const shared = PURPOSES.some((purpose) => current.share[purpose]);
      said.value = left ? mine.words.outbox.savedHere : shared ? words.mine.saved : words.mine.savedPrivate;
      draft.value = null;
      navigate(here('share'));
    } catch (failure) {
      setBusy(false);
      setReason(failure);
    }
  };
  const compare = async (place: string) => {
    const { body, etag } = await api.place(community, place);
    setTheirs({ draft: draftOf(body, etag ?? ''), etag: etag ?? '' });
  };
  const giveUp = () => {
    const given = draft.value ?? current;
    if (isUntouched(given)) draft.value = null;
    else {
      throwAway(given);
      announceDeletion(thrownWords(given));
    }
    navigate(here('share'));
  };

  const rows = answerRows(current);
  const wrong = refused && rows.find(({ step }) => step === stepOfField(refused.field, questionsNow()))?.step;
  // What was left open takes little room, so that what was said can be looked over.
  const shown = ({ step, empty }: AnswerRow): boolean => !empty || step === wrong;
  const unsaid = rows.filter((row) => !shown(row));
  const questions = stepsNow().length - 1;
  return (
    <section class="narrow step">
      <progress class="progress" max={questions} value={questions} aria-label={words.add.progress(String(questions), String(questions))} />
      <PageTitle>{words.add.checkTitle}</PageTitle>
      {reason !== null && <ProblemNotice reason={reason} />}
      {refused && !wrong && <p class="notice notice-problem" role="alert">{refusalWords(kind, refused)}</p>}
      {theirs && <Conflict theirs={theirs.draft} keepMine={() => void save()} keepTheirs={giveUp} />}
      <dl class="answers">
        {rows.filter(shown).map(({ step, term, answer }) => (
          <div key={step} class={wrong === step ? 'has-error' : undefined}>
            <dt>{term}</dt>
            <dd>
              {wrong === step && refused && <p class="field-error" role="alert">{refusalWords(kind, refused)}</p>}
              {answer}
            </dd>
            <dd class="answer-change"><a href={here('share', 'add', step)} aria-label={words.add.changeAnswer(term)}>{words.change}</a></dd>
          </div>
        ))}
      </dl>
      {unsaid.length > 0 && (
        <section aria-labelledby="unsaid">
          <h2 id="unsaid" class="small muted">{mine.words.place.unsaid}</h2>
          <ul class="plain-list unsaid">
            {unsaid.map(({ step, term }) => <li key={step}><a href={here('share', 'add', step)} aria-label={words.add.changeAnswer(term)}>{term}</a></li>)}
          </ul>
        </section>
      )}
      <SeenDraft current={current} />
      <div class="row step-actions">
        <button type="button" class="button" onClick={() => (current.saved ? giveUp() : navigate(here('share', 'add', 'share')))}>{current.saved ? words.cancel : words.back}</button>
        <button type="button" class="button button-main" disabled={busy} onClick={() => void save()}>{current.saved ? words.add.saveChange : words.add.save}</button>
      </div>
    </section>
  );
}
