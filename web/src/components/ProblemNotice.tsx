import { Problem, Unreachable } from '../api/client';
import { language, messages } from '../i18n';

/** A failure in words, with one thing to do next. */
export function ProblemNotice({ reason, retry }: { reason: unknown; retry?: (() => void) | undefined }) {
  const words = messages.value;
  const said = wordsFor(reason);
  const english = reason instanceof Problem && reason.status < 500 && language.value !== 'en' && said === words.problem.refused && reason.detail;
  return (
    <div class="notice notice-problem" role="alert">
      <p><strong>{words.problem.title}</strong></p>
      <p>{said}</p>
      {english && <details><summary>{words.problem.inEnglish}</summary><p lang="en">{english}</p></details>}
      {retry && <p><button type="button" class="button" onClick={retry}>{words.tryAgain}</button></p>}
    </div>
  );
}

/** What the person can understand and use, in their language. The server's own detail is English: it is shown as such where it says more about their input. */
export function wordsFor(reason: unknown): string {
  const words = messages.value.problem;
  if (reason instanceof Unreachable) return words.offline;
  if (!(reason instanceof Problem)) return words.server;
  if (reason.kind === 'conflict' && reason.field === 'consent.version') return words.consentChanged;
  switch (reason.kind) {
    case 'unauthorised': return words.signedOut;
    case 'stale': return words.stale;
    case 'not-found': return words.notFound;
    case 'limit-reached': return words.limit;
    case 'too-many-requests': return words.tooMany;
    case 'forbidden': return words.notAllowed;
    default: return reason.status >= 500 ? words.server : language.value === 'en' && reason.detail ? reason.detail : words.refused;
  }
}
