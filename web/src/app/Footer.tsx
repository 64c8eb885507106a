import { inLanguage, messages } from '../i18n';
import { community } from './community';

/** On every page: somebody to talk to, one press away. */
export function Footer() {
  const words = messages.value.footer;
  const contacts = community.value?.crisis_contacts ?? [];
  return (
    <footer class="footer" aria-label={words.landmark}>
      <strong class="footer-question">{words.talk}</strong>
      {contacts.length === 0 && <span>{words.none}</span>}
      {contacts.map(({ name, phone, note }) => (
        <span class="footer-contact" key={phone}>
          <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={words.call(name, phone)}>{name} <span class="figures">{phone}</span></a>
          <span class="muted">{inLanguage(note)}</span>
        </span>
      ))}
    </footer>
  );
}
