import type { Release } from '../../api/types';
import { formats } from '../../i18n';
import { reportWords } from '../../i18n/report';

/** A release that was asked for and that nobody gives out any more: when, why, and what stands here in its place. */
export function CalledBack({ recalled, next }: { recalled: NonNullable<Release['recalled']>; next: string }) {
  const words = reportWords.words;
  return (
    <div class="notice" role="status">
      <p><strong>{words.calledBackTitle}</strong></p>
      <p>{words.calledBackWhy(formats.value.date(recalled.at), recalled.reason)}</p>
      <p>{next}</p>
    </div>
  );
}
