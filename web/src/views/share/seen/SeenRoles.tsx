import type { Photo, SeenAs } from '../../../api/types';
import { mine } from '../../../i18n/mine';
import { seenWords } from '../../../i18n/seen';
import { SeenFeature } from './SeenFeature';

export const ROLES = ['researcher', 'planner', 'public'] as const;
export type SeenByRole = Record<(typeof ROLES)[number], SeenAs>;

/** Role by role, what the server gives them. */
export function SeenRoles({ seen, place, draft }: { seen: SeenByRole; place: string | null; draft: boolean }) {
  const words = mine.words.seen;
  // Below the card of a place, or below the title of a question.
  const Heading = draft ? 'h2' : 'h3';
  const told: Record<string, string> = words.why;
  return (
    <ul class="plain-list stack-small seen-as">
      {ROLES.map((role) => {
        const { seen: isSeen, why, feature, photos, later } = seen[role];
        const given: readonly Photo[] = photos ?? [];
        return (
          <li key={role} data-role={role} class="stack-small">
            <Heading>{words.roles[role]}</Heading>
            {isSeen && feature && <SeenFeature feature={feature} photos={given} place={place} draft={draft} />}
            {!isSeen && later && <><p>{seenWords.words.later}</p><SeenFeature feature={later} photos={[]} place={place} draft={draft} /></>}
            {!isSeen && !later && <p>{told[why] ?? words.nothing}</p>}
          </li>
        );
      })}
    </ul>
  );
}
