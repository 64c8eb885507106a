import '../../styles/seen.css';
import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { ProblemNotice } from '../../components/ProblemNotice';
import { mine } from '../../i18n/mine';
import { seenWords } from '../../i18n/seen';
import type { Shown } from '../../offline/items';
import { ROLES, SeenRoles, type SeenByRole } from './seen/SeenRoles';

/** What others see, role by role, as the server gives it to them; asked for when it is opened. */
export function SeenByOthers({ place }: { place: Shown }) {
  const { id } = openCommunity();
  const [seen, setSeen] = useState<SeenByRole | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const look = async () => {
    setReason(null);
    try {
      const [[researcher, planner, everybody]] = await Promise.all([Promise.all(ROLES.map((role) => api.seenAs(id, place.id, role))), seenWords.open()]);
      if (researcher && planner && everybody) setSeen({ researcher, planner, public: everybody });
    } catch (failure) {
      setReason(failure);
    }
  };
  return (
    <details onToggle={(event) => { if (event.currentTarget.open) void look(); }}>
      <summary>{mine.words.seen.title}</summary>
      {reason !== null && <ProblemNotice reason={reason} retry={() => void look()} />}
      {seen && <SeenRoles seen={seen} place={place.id} draft={false} />}
    </details>
  );
}
