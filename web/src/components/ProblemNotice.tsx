import { Problem, Unreachable } from '../api/client';
import { messages } from '../i18n';

/** A failure in words, with one thing to do next. */
export function ProblemNotice({ reason, retry }: { reason: unknown; retry?: (() => void) | undefined }) {
  const words = messages.value;
  return (
    <div class="notice notice-problem" role="alert">
      <p><strong>{words.problem.title}</strong></p>
      <p>{wordsFor(reason)}</p>
      {retry && <p><button type="button" class="button" onClick={retry}>{words.tryAgain}</button></p>}
    </div>
  );
}

/** What the person can understand and use. The server's own detail is shown when it speaks about their input. */
export function wordsFor(reason: unknown): string {
  const words = messages.value.problem;
  if (reason instanceof Unreachable) return words.offline;
  if (!(reason instanceof Problem)) return words.server;
  switch (reason.kind) {
    case 'unauthorised': return words.signedOut;
    case 'stale': return words.stale;
    case 'not-found': return words.notFound;
    case 'conflict': return reason.detail || words.server;
    default: return reason.status < 500 && reason.detail ? reason.detail : words.server;
  }
}
