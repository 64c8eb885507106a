import { messages } from '../i18n';
import { community } from './community';
import { LanguagePicker } from './LanguagePicker';
import mark from './mark.svg';
import { QuickExit } from './QuickExit';
import { here, ROOMS, route } from './router';

export function Header() {
  const words = messages.value.header;
  const { community: id, room } = route.value;
  const title = community.value?.title ?? '';
  return (
    <header class="header">
      <a class="brand" href={id ? here('share') : '/'} aria-label={words.home(title)}>
        <img src={mark} width="32" height="32" alt="" />
        <span class="brand-name">Stead{title && <span class="brand-place"> · {title}</span>}</span>
      </a>
      {id && (
        <nav class="rooms" aria-label={words.rooms}>
          {ROOMS.map((name) => (
            <a key={name} href={here(name)} aria-current={room === name ? 'page' : undefined}>{words[name]}</a>
          ))}
        </nav>
      )}
      <div class="header-tools">
        <LanguagePicker />
        <QuickExit />
      </div>
    </header>
  );
}
