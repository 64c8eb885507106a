import type { FeelingChoice } from '../../api/types';
import { openCommunity } from '../../app/community';
import { FeelingMark } from '../../components/FeelingMark';
import { inLanguage, messages } from '../../i18n';

/** Feelings as words, the strongest first, with their drawing beside them. */
export function FeelingWords({ feelings }: { feelings: readonly FeelingChoice[] }) {
  const { strengths } = messages.value.add;
  const terms = openCommunity().vocabulary.feelings;
  return (
    <ul class="plain-list feeling-words">
      {[...feelings].sort((a, b) => b.strength - a.strength).map(({ feeling, strength }) => {
        const term = terms.find(({ id }) => id === feeling);
        return (
          <li key={feeling}>
            <FeelingMark feeling={feeling} /> {inLanguage(term?.labels, feeling)}
            <span class="muted"> · {strengths[strength - 1]}</span>
          </li>
        );
      })}
    </ul>
  );
}
