import { openCommunity } from '../app/community';
import { formats, messages } from '../i18n';

/** By name, who may read what is shared for research: agreeing to research means agreeing to these. */
export function NamedResearchers() {
  const words = messages.value.runners;
  const { researchers, unnamed_researchers: unnamed = 0 } = openCommunity();
  // What this phone kept of an older server does not say, so nothing is said.
  if (!researchers) return null;
  return (
    <div class="researchers small">
      {researchers.length > 0 && <><p>{words.researchers}</p><ul>{researchers.map((name) => <li key={name}>{name}</li>)}</ul></>}
      {researchers.length === 0 && unnamed === 0 && <p>{words.noResearchers}</p>}
      {unnamed > 0 && <p>{words.unnamed(unnamed, formats.value.number(unnamed))}</p>}
    </div>
  );
}
