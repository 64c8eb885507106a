import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { PlaceProperties, SeenAs } from '../../api/types';
import { openCommunity } from '../../app/community';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { mine } from '../../i18n/mine';
import { middleOf } from '../../lib/geometry';
import type { Shown } from '../../offline/items';
import { FeelingWords } from './FeelingWords';

const ROLES = ['researcher', 'planner', 'public'] as const;

/** What others see, role by role, as the server gives it to them; asked for when it is opened. */
export function SeenByOthers({ place }: { place: Shown }) {
  const words = mine.words.seen;
  const { id } = openCommunity();
  const [seen, setSeen] = useState<Record<(typeof ROLES)[number], SeenAs> | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const look = async () => {
    setReason(null);
    try {
      const [researcher, planner, everybody] = await Promise.all(ROLES.map((role) => api.seenAs(id, place.id, role)));
      if (researcher && planner && everybody) setSeen({ researcher, planner, public: everybody });
    } catch (failure) {
      setReason(failure);
    }
  };
  const told: Record<string, string> = words.why;
  return (
    <details onToggle={(event) => { if (event.currentTarget.open) void look(); }}>
      <summary>{words.title}</summary>
      {reason !== null && <ProblemNotice reason={reason} retry={() => void look()} />}
      {seen && (
        <ul class="plain-list stack-small seen-as">
          {ROLES.map((role) => (
            <li key={role}>
              <h3>{words.roles[role]}</h3>
              {seen[role].seen && seen[role].feature ? <Feature feature={seen[role].feature} /> : <p>{told[seen[role].why] ?? words.nothing}</p>}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** Exactly what was given to the role, and no more. */
function Feature({ feature }: { feature: NonNullable<SeenAs['feature']> }) {
  const words = messages.value;
  const { name, story, feelings, precision } = (feature.properties ?? {}) as Partial<PlaceProperties>;
  return (
    <div class="stack-small">
      <p><strong>{name ?? words.mine.unnamed}</strong></p>
      {story && <p class="story">{story}</p>}
      {feelings && feelings.length > 0 && <FeelingWords feelings={feelings} />}
      <p class="small muted">{precision && `${words.add.precision[precision].title}. `}{feature.geometry && formats.value.coordinates(middleOf(feature.geometry))}</p>
    </div>
  );
}
