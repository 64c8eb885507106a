import { useState } from 'preact/hooks';
import { here, navigate } from '../../app/router';
import { Choice } from '../../components/Choice';
import { announce } from '../../components/LiveRegion';
import { PageTitle } from '../../components/PageTitle';
import { messages } from '../../i18n';
import { returnCode } from './returnCode';
import { startNewPlace } from './add/start';

export function ReturnCodeScreen() {
  const words = messages.value.code;
  const [written, setWritten] = useState(false);
  const [copied, setCopied] = useState(false);
  const code = returnCode.value;
  if (!code) {
    return (
      <section class="narrow">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.lead}</p>
        <button type="button" class="button" onClick={() => navigate(here('share'), true)}>{messages.value.mine.title}</button>
      </section>
    );
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      return; // the browser does not allow it: the code stands on the screen, and can be printed
    }
    setCopied(true);
    announce(words.copied);
  };
  const goOn = () => {
    returnCode.value = null;
    startNewPlace();
  };
  return (
    <section class="narrow">
      <PageTitle>{words.title}</PageTitle>
      <p>{words.lead}</p>
      <p class="return-code figures" data-testid="return-code">{code}</p>
      <div class="row no-print">
        {'clipboard' in navigator && <button type="button" class="button" onClick={() => void copy()}>{copied ? words.copied : words.copy}</button>}
        <button type="button" class="button" onClick={() => print()}>{words.print}</button>
      </div>
      <p class="muted">{words.keep}</p>
      <Choice type="checkbox" name="written" checked={written} onChange={setWritten} title={words.written} />
      <button type="button" class="button button-main no-print" disabled={!written} onClick={goOn}>{words.go}</button>
    </section>
  );
}
