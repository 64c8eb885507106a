import '../../styles/stories.css';
import { useEffect, useState } from 'preact/hooks';
import { api, Problem } from '../../api/client';
import type { StoryDecision, WaitingStory } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { staffMessages } from '../../i18n/staff';
import { storyWords } from '../../i18n/stories';
import { useLoad } from '../../lib/useLoad';
import { StoryCard } from '../stories/StoryCard';

/** As the server has it. */
const LONGEST_REASON = 1_000;

/** /{community}/staff/stories: what waits for a steward to read it. */
export function StoryQueue() {
  const [ready, setReady] = useState(false);
  useEffect(() => void storyWords.open().then(() => setReady(true)), []);
  return ready ? <Queue /> : <Loading />;
}

function Queue() {
  const words = staffMessages.value.stories;
  const { id } = openCommunity();
  const [reason, setReason] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const load = useLoad(() => api.stories.queue(id), [id]);
  const decide = async (story: WaitingStory, decision: StoryDecision) => {
    setReason(null);
    setBusy(true);
    try {
      await api.stories.decide(id, story.id, decision);
      tell(words.done[decision.decision]);
    } catch (failure) {
      // It was changed or taken back in the meantime: what there is now is read anew.
      if (failure instanceof Problem && (failure.status === 409 || failure.status === 404)) tell(words.changed);
      else setReason(failure);
    }
    setBusy(false);
    load.again();
  };
  const tell = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const failed = reason ?? load.reason;
  const waiting = load.value?.number_waiting ?? 0;
  return (
    <div class="narrow stack desk">
      <p class="back-line"><a href={here('staff')}>{staffMessages.value.log.back}</a></p>
      <PageTitle>{words.title}</PageTitle>
      <p>{words.lead}</p>
      {failed !== null && <ProblemNotice reason={failed} retry={() => { setReason(null); load.again(); }} />}
      {said && <p class="notice">{said}</p>}
      {load.value ? <p>{waiting === 0 ? words.none : words.waiting(waiting, formats.value.number(waiting))}</p> : !failed && <Loading />}
      <ul class="plain-list stack-small">
        {load.value?.features.map((story) => <ToRead key={`${story.id}${story.properties.etag}`} story={story} busy={busy} decide={(decision) => void decide(story, decision)} />)}
      </ul>
    </div>
  );
}

/** A story with what a steward may say to it. */
function ToRead({ story, busy, decide }: { story: WaitingStory; busy: boolean; decide: (decision: StoryDecision) => void }) {
  const words = staffMessages.value.stories;
  const { id } = openCommunity();
  const [open, setOpen] = useState<'ask_back' | 'decline' | null>(null);
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const { etag, before, waiting_since: since } = story.properties;
  const name = story.properties.name ?? storyWords.words.unnamed;
  const send = () => {
    const reason = text.trim();
    setMissing(reason === '');
    if (open && reason) decide({ decision: open, etag, reason });
  };
  return (
    <StoryCard id={story.id} properties={story.properties} photoAddress={(photo) => api.stories.waitingPhoto(id, story.id, photo)}>
      <p class="small muted">{words.since(formats.value.date(since))}</p>
      {before && <p class="notice">{words.before[before.state]}{before.reason && ` ${words.reasonWas(before.reason)}`}</p>}
      <div class="row card-actions">
        <button type="button" class="button button-main" disabled={busy} aria-label={words.approveOf(name)} onClick={() => decide({ decision: 'approve', etag })}>{words.approve}</button>
        {(['ask_back', 'decline'] as const).map((kind) => (
          <button key={kind} type="button" class="button" disabled={busy} aria-expanded={open === kind} aria-label={words.openOf[kind](name)} onClick={() => setOpen(open === kind ? null : kind)}>{words.open[kind]}</button>
        ))}
      </div>
      {open && (
        <form class="stack-small" onSubmit={(event) => { event.preventDefault(); send(); }}>
          <Field label={words.reason[open]} hint={words.reasonHint} value={text} rows={3} maxLength={LONGEST_REASON} error={missing ? words.reasonMissing : null} onInput={setText} />
          <button type="submit" class="button" disabled={busy}>{words.send[open]}</button>
        </form>
      )}
    </StoryCard>
  );
}
