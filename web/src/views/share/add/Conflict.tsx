import { kept } from '../../../i18n/kept';
import { mine } from '../../../i18n/mine';
import { answerRows } from './answerRows';
import type { Draft } from './draft';

/** The same place, changed here and elsewhere: both can be read, and the person decides. */
export function Conflict({ theirs, keepMine, keepTheirs }: { theirs: Draft; keepMine: () => void; keepTheirs: () => void }) {
  const words = kept.words.conflict;
  return (
    <section class="notice notice-problem stack-small" role="alert" aria-label={words.title}>
      <p><strong>{words.title}</strong> {words.text}</p>
      <details>
        <summary>{words.theirs}</summary>
        <dl class="answers">
          {answerRows(theirs).map(({ step, term, answer }) => <div key={step}><dt>{term}</dt><dd>{answer}</dd></div>)}
        </dl>
      </details>
      <div class="row">
        <button type="button" class="button button-main" onClick={keepMine}>{mine.words.outbox.keepMine}</button>
        <button type="button" class="button" onClick={keepTheirs}>{mine.words.outbox.keepTheirs}</button>
      </div>
    </section>
  );
}
