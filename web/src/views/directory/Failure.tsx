import { Problem } from '../../api/client';
import { here } from '../../app/router';
import { ProblemNotice } from '../../components/ProblemNotice';
import { directoryMessages } from '../../i18n/directory';

/** What went wrong. Whoever was signed out keeps what they typed, and signs in beside it. */
export function Failure({ reason, retry }: { reason: unknown; retry?: () => void }) {
  const words = directoryMessages.value;
  if (!(reason instanceof Problem)) return <ProblemNotice reason={reason} retry={retry} />;
  if (reason.status === 401) {
    return (
      <div class="notice notice-problem" role="alert">
        <p>{words.signedOut}</p>
        <p><a href={here('staff')} target="_blank" rel="noreferrer">{words.signIn}</a></p>
      </div>
    );
  }
  if (reason.status === 404) return <p class="notice notice-problem" role="alert">{words.gone}</p>;
  return <ProblemNotice reason={reason} retry={retry} />;
}
