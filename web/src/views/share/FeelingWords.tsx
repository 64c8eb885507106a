import type { FeelingChoice } from '../../api/types';
import { openCommunity } from '../../app/community';
import { inLanguage, messages } from '../../i18n';

/** Feelings as words, the strongest first, with their emoji beside them. */
export function FeelingWords({ feelings }: { feelings: readonly FeelingChoice[] }) {
  const { strengths } = messages.value.add;
  const terms = openCommunity().vocabulary.feelings;
  return (
    <ul class="plain-list feeling-words">
      {[...feelings].sort((a, b) => b.strength - a.strength).map(({ feeling, strength }) => {
        const term = terms.find(({ id }) => id === feeling);
        return (
          <li key={feeling}>
            <span aria-hidden="true">{term?.emoji}</span> {inLanguage(term?.labels, feeling)}
            <span class="muted"> · {strengths[strength - 1]}</span>
          </li>
        );
      })}
    </ul>
  );
}
