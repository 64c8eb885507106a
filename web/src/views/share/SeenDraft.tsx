import '../../styles/seen.css';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Purposes } from '../../api/types';
import { offers, openCommunity } from '../../app/community';
import { me } from '../../app/session';
import { ProblemNotice } from '../../components/ProblemNotice';
import { mine } from '../../i18n/mine';
import { seenWords } from '../../i18n/seen';
import { isNew } from '../../offline/items';
import { isPlaced, requestOf, type Draft } from './add/draft';
import { onlyPurposes, PURPOSES } from './purposes';
import { SeenRoles, type SeenByRole } from './seen/SeenRoles';

interface SeenDraftProps {
  current: Draft;
  /** Before the question who may see it: as if it were shared for all that was agreed to. */
  asIfShared?: boolean;
}

/** What others would see of a place before it is saved: the server's own rendering, which keeps nothing. */
export function SeenDraft({ current, asIfShared = false }: SeenDraftProps) {
  const { id } = openCommunity();
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<SeenByRole | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const supposed = asIfShared && !PURPOSES.some((purpose) => current.share[purpose]);
  const share: Purposes = supposed && me.value ? onlyPurposes(me.value.consent) : current.share;
  // A place that waits on this phone is not known to the server yet.
  const place = current.saved && !isNew(current.saved.id) ? current.saved.id : null;
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    const look = async () => {
      const [answer] = await Promise.all([api.preview(id, await requestOf({ ...current, share }, openCommunity().questions?.items ?? []), place), seenWords.open()]);
      return answer;
    };
    look().then(
      (answer) => wanted && (setReason(null), setSeen(answer)),
      (failure: unknown) => wanted && (setSeen(null), setReason(failure)),
    );
    return () => void (wanted = false);
  }, [open, current, attempt]);
  if (!offers('preview') || !isPlaced(current) || !(current.being || current.doing)) return null;
  return (
    <details class="seen-draft" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{mine.words.seen.title}</summary>
      {open && reason !== null && <ProblemNotice reason={reason} retry={() => setAttempt(attempt + 1)} />}
      {open && seen && (
        <div class="stack-small">
          <p class="small muted">{seenWords.words.lead} {supposed && seenWords.words.asIfShared}</p>
          <SeenRoles seen={seen} place={place} draft />
        </div>
      )}
    </details>
  );
}
