import { setShared, shared } from '../../app/device';
import { promiseSignOut } from '../../app/promisedSignOut';
import { Choice } from '../../components/Choice';
import { messages } from '../../i18n';

/** A tablet in a shared kitchen: nothing is to stay on it. */
export function SharedChoice() {
  const words = messages.value.join;
  const choose = (on: boolean) => {
    setShared(on);
    // Even if the tab is killed: whoever opens the app next finds nobody signed in.
    promiseSignOut(on);
  };
  return <Choice type="checkbox" name="shared" checked={shared.value} onChange={choose} title={words.shared} hint={words.sharedHint} />;
}
