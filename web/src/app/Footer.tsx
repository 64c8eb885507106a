import type { Community } from '../api/types';
import { formats, inLanguage, messages } from '../i18n';
import { community } from './community';

/** What an older server sends, and what this phone kept of one, names no hours. */
type Contact = Pick<Community['crisis_contacts'][number], 'name' | 'phone' | 'note'> & Partial<Community['crisis_contacts'][number]>;

const EMERGENCY = '112';

/** As many as fit one quiet line; the others are one press away. */
const FIRST_CONTACTS = 3;

/** On every page: somebody to talk to, one press away. */
export function Footer() {
  return <footer class="footer" aria-label={messages.value.footer.landmark}><CrisisContacts /></footer>;
}

/** In the footer, and in a dialog that puts the footer out of reach. */
export function CrisisContacts() {
  const words = messages.value.footer;
  // Where no community is open, and in one that names nobody: the number that works all over Europe.
  const named = community.value?.crisis_contacts ?? [];
  const contacts: Contact[] = named.length > 0 ? named : [{ name: EMERGENCY, phone: EMERGENCY, note: {} }];
  const others = contacts.slice(FIRST_CONTACTS);
  return (
    <>
      <strong class="footer-question">{words.talk}</strong>
      {contacts.slice(0, FIRST_CONTACTS).map((contact) => <ContactLine key={contact.name} contact={contact} />)}
      {others.length > 0 && (
        <details class="footer-more">
          <summary>{words.more(formats.value.number(others.length))}</summary>
          <div>{others.map((contact) => <ContactLine key={contact.name} contact={contact} />)}</div>
        </details>
      )}
    </>
  );
}

function ContactLine({ contact: { name, phone, note, hours } }: { contact: Contact }) {
  return (
    <span class="footer-contact">
      <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={messages.value.footer.call(name, phone)}>
        {name !== phone && name} <span class="figures">{phone}</span>
      </a>
      <span class="muted">{[inLanguage(note, messages.value.footer.emergency), inLanguage(hours)].filter(Boolean).join(' · ')}</span>
    </span>
  );
}
