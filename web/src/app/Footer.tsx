import type { Community } from '../api/types';
import { formats, inLanguage, messages } from '../i18n';
import { community } from './community';

type Contact = Community['crisis_contacts'][number];

/** As many as fit one quiet line; the others are one press away. */
const FIRST_CONTACTS = 3;

/** On every page: somebody to talk to, one press away. */
export function Footer() {
  const words = messages.value.footer;
  const contacts = community.value?.crisis_contacts ?? [];
  const others = contacts.slice(FIRST_CONTACTS);
  return (
    <footer class="footer" aria-label={words.landmark}>
      <strong class="footer-question">{words.talk}</strong>
      {contacts.length === 0 && <span>{words.none}</span>}
      {contacts.slice(0, FIRST_CONTACTS).map((contact) => <ContactLine key={contact.name} contact={contact} />)}
      {others.length > 0 && (
        <details class="footer-more">
          <summary>{words.more(formats.value.number(others.length))}</summary>
          <div>{others.map((contact) => <ContactLine key={contact.name} contact={contact} />)}</div>
        </details>
      )}
    </footer>
  );
}

function ContactLine({ contact: { name, phone, note } }: { contact: Contact }) {
  return (
    <span class="footer-contact">
      <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={messages.value.footer.call(name, phone)}>
        {name !== phone && name} <span class="figures">{phone}</span>
      </a>
      <span class="muted">{inLanguage(note)}</span>
    </span>
  );
}
