import { isLanguage, language, LANGUAGE_NAMES, LANGUAGES, messages, rememberLanguage, speak } from '../i18n';
import { community } from './community';
import { setQuery } from './router';

/** The choice stays in the address, so that a link can be passed on in its language, and on the device. */
export function LanguagePicker() {
  const offered = LANGUAGES.filter((tag) => community.value?.languages.includes(tag) ?? true);
  const choose = async (tag: string) => {
    if (!isLanguage(tag)) return;
    await speak(tag);
    rememberLanguage(tag);
    setQuery({ lang: tag });
  };
  return (
    <label class="language">
      <span class="visually-hidden">{messages.value.header.language}</span>
      <select value={language.value} onChange={(event) => void choose(event.currentTarget.value)}>
        {offered.map((tag) => <option key={tag} value={tag} lang={tag}>{LANGUAGE_NAMES[tag]}</option>)}
      </select>
    </label>
  );
}
