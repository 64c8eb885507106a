import { useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { Chip } from '../../components/Chip';
import { Field } from '../../components/Field';
import { formats } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { toggled } from '../find/filters';
import type { Draft } from './draft';

/** Often spoken where Stead is used; any other one is added by its letters. */
const COMMON = ['en', 'et', 'ru', 'uk', 'fi', 'nb', 'sv', 'ar', 'pl', 'de'];
const CODE = /^[a-z]{2,3}$/;

export function LanguageChips({ draft, change, error }: { draft: Draft; change: (part: Partial<Draft>) => void; error: string | null }) {
  const words = directoryMessages.value;
  const { languageName } = formats.value;
  const [others, setOthers] = useState<readonly string[]>(draft.languages);
  const [typed, setTyped] = useState('');
  const [bad, setBad] = useState(false);
  const add = () => {
    const code = typed.trim().toLowerCase();
    setBad(!CODE.test(code));
    if (!CODE.test(code)) return;
    setTyped('');
    setOthers([...others, code]);
    if (!draft.languages.includes(code)) change({ languages: [...draft.languages, code] });
  };
  const offered = [...new Set([...openCommunity().languages, ...COMMON, ...others, ...draft.languages])];
  return (
    <fieldset class="stack-small">
      <legend>{words.field['languages']}</legend>
      <div class="chips">
        {offered.map((code) => <Chip key={code} on={draft.languages.includes(code)} toggle={() => change({ languages: toggled(draft.languages, code) })}>{languageName(code)}</Chip>)}
      </div>
      <div class="directory-checked">
        <Field label={words.languageMore} hint={words.languageMoreHint} value={typed} onInput={setTyped} maxLength={3} error={bad ? (words.wrong['languages'] ?? null) : error} />
        <button type="button" class="button" onClick={add}>{words.languageAdd}</button>
      </div>
    </fieldset>
  );
}
