import { useState } from 'preact/hooks';
import { messages } from '../i18n';
import { announce } from './LiveRegion';

/** Two ways to keep what is shown once; where nothing can be copied, it stands on the screen and can be printed. */
export function CopyOrPrint({ text }: { text: string }) {
  const words = messages.value.code;
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // the browser does not allow it
    }
    setCopied(text);
    announce(words.copied);
  };
  return (
    <div class="row no-print">
      {'clipboard' in navigator && <button type="button" class="button" onClick={() => void copy()}>{copied === text ? words.copied : words.copy}</button>}
      <button type="button" class="button" onClick={() => print()}>{words.print}</button>
    </div>
  );
}
