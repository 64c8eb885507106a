import { useState } from 'preact/hooks';
import { withQuery } from '../app/router';
import { reportWords } from '../i18n/report';

/**
 * Copies an address that stays the same: what the page's own leaves to the newest release, or to what comes first, is pinned. Where
 * nothing can be copied, it stands in the page. Needs the words of `i18n/report`.
 */
export function CopyLink({ pinned }: { pinned: Readonly<Record<string, string>> }) {
  const words = reportWords.words;
  const [done, setDone] = useState<{ link: string; copied: boolean } | null>(null);
  const copy = async () => {
    const link = location.origin + withQuery(location.pathname + location.search, pinned);
    try {
      // A page without https has no clipboard at all.
      await navigator.clipboard.writeText(link);
      setDone({ link, copied: true });
    } catch {
      setDone({ link, copied: false });
    }
  };
  return (
    <div class="stack-small no-print">
      <button type="button" class="button button-small" onClick={() => void copy()}>{words.copyLink}</button>
      <p class="small" role="status">{done && (done.copied ? words.copied : words.copyFailed)}</p>
      {done && <code class="copyable exact-link">{done.link}</code>}
    </div>
  );
}
