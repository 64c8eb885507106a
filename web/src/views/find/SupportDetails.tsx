import type { ComponentChildren } from 'preact';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { WeekStrip } from '../../components/WeekStrip';
import { formats, inLanguage, messages } from '../../i18n';
import { readableHours } from '../../lib/hours';
import { weekOf } from '../../lib/week';
import { moneyOf, schedulesInWords } from './factWords';

/** Addresses from open data may be anything; only web addresses become links. */
const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/** Everything that is known of a support; and of what matters most, that it is not known. */
export function SupportDetails({ support, searchNear }: { support: Support; searchNear: () => void }) {
  const words = messages.value.find;
  const { date, list, languageName } = formats.value;
  const { forms } = openCommunity().vocabulary;
  const of = support.properties;
  const term = words.details;
  const rows: [string, ComponentChildren][] = [];
  const row = (name: string, value: ComponentChildren) => value && rows.push([name, value]);
  const week = weekOf(of.opening_hours, of.schedules);

  row(term.organisation, of.organisation);
  row(term.form, inLanguage(forms.find(({ id }) => id === of.form)?.labels, ''));
  row(term.gives, of.support_types.length > 0 && list(of.support_types.map((type) => messages.value.supportType[type])));
  row(term.forWhom, of.eligibility);
  row(term.price, moneyOf(of, messages.value, formats.value));
  row(term.referral, words.referrals[of.referral]);
  row(term.languages, of.languages.length > 0 && list(of.languages.map(languageName)));
  row(term.livedExperience, of.lived_experience == null ? null : words.livedExperience[of.lived_experience ? 'yes' : 'no']);
  row(words.address, of.confidential ? words.confidential : of.address);
  row(words.phone, of.phone && <a href={`tel:${of.phone.replace(/[^+\d]/g, '')}`}>{of.phone}</a>);
  row(term.email, of.email && <a href={`mailto:${encodeURIComponent(of.email).replace('%40', '@')}`}>{of.email}</a>);
  row(words.website, of.website && (isWebAddress(of.website)
    ? <a href={of.website} target="_blank" rel="noreferrer noopener">{of.website.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}</a>
    : of.website));
  row(words.wheelchair, of.wheelchair && (words.wheelchairs as Record<string, string | undefined>)[of.wheelchair]);
  if (!week) row(words.hours, of.opening_hours && <>{readableHours(of.opening_hours, words.days)} <span class="small muted">({words.hoursWritten})</span></>);
  if (!week && of.schedules.length > 0) row(words.alsoMeets, schedulesInWords(of.schedules, words, formats.value).map((line) => <div key={line}>{line}</div>));
  row(term.since, of.since);
  row(term.checked, of.last_checked ? date(of.last_checked) : words.notChecked);
  return (
    <div class="support-details">
      {of.status === 'closing' && of.closing_on && <p class="notice">{words.closingOn(date(of.closing_on))}</p>}
      {of.missing_since && <p class="notice">{words.missing(date(of.missing_since))}</p>}
      {of.description && <p class="story">{of.description}</p>}
      {week && (
        <section>
          <h4>{words.week}</h4>
          <WeekStrip week={week} />
        </section>
      )}
      {of.closeness.length > 0 && (
        <section>
          <h4>{term.closeness}</h4>
          <ul>{of.closeness.map((feature) => <li key={feature}>{words.closenessFeatures[feature]}</li>)}</ul>
        </section>
      )}
      <dl class="facts">
        {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      {support.geometry && <button type="button" class="button button-small" onClick={searchNear}>{words.nearHere}</button>}
    </div>
  );
}
