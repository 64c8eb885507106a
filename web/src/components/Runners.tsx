import { openCommunity } from '../app/community';
import { messages } from '../i18n';

/** Plain words on who runs this map, as they say it themselves. */
export function Runners() {
  const words = messages.value.runners;
  const { run_by, contact } = openCommunity();
  // What this phone kept of an older server does not say, so nothing is said.
  if (run_by === undefined) return null;
  return (
    <p class="runners">
      {run_by ? words.by(run_by) : words.unsaid}
      {contact && <> {words.contact(contact)}</>}
    </p>
  );
}
