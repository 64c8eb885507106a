import { useEffect, useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { me } from '../../app/session';
import { Choice } from '../../components/Choice';
import { CopyOrPrint } from '../../components/CopyOrPrint';
import { PageTitle } from '../../components/PageTitle';
import { messages } from '../../i18n';
import { endJoining } from './joining';
import { NewReturnCode } from './NewReturnCode';
import { returnCode } from './returnCode';
import { startNewPlace } from './add/start';

/** After joining, and after asking for another code. A page that is loaded again knows no code, and offers a new one. */
export function ReturnCodeScreen() {
  const words = messages.value.code;
  const { id } = openCommunity();
  const [written, setWritten] = useState(false);
  const code = returnCode.value;
  useEffect(() => {
    if (code) endJoining(id);
  }, [id, code]);
  if (!code) {
    return (
      <section class="narrow stack">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.lead}</p>
        <NewReturnCode />
        <p><a href={here('share')}>{messages.value.mine.title}</a></p>
      </section>
    );
  }
  const goOn = () => {
    returnCode.value = null;
    // Whoever has places already only wanted another code.
    if (me.value && me.value.places > 0) navigate(here('share'));
    else startNewPlace();
  };
  return (
    <section class="narrow">
      <PageTitle>{words.title}</PageTitle>
      <p>{words.lead}</p>
      <p class="return-code figures" data-testid="return-code">{code}</p>
      <CopyOrPrint text={code} />
      <p class="muted">{words.keep}</p>
      <Choice type="checkbox" name="written" checked={written} onChange={setWritten} title={words.written} />
      <button type="button" class="button button-main no-print" disabled={!written} onClick={goOn}>{words.go}</button>
    </section>
  );
}
