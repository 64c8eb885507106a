import type { ComponentChildren } from 'preact';
import type { Support } from '../../api/types';
import { messages } from '../../i18n';
import { readableHours } from '../../lib/hours';

/** Addresses from open data may be anything; only web addresses become links. */
const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text);

export function SupportDetails({ support, searchNear }: { support: Support; searchNear: () => void }) {
  const words = messages.value.find;
  const { opening_hours, address, phone, website, wheelchair } = support.properties;
  const rows: [string, ComponentChildren][] = [];
  if (opening_hours) rows.push([words.hours, readableHours(opening_hours, words.days)]);
  if (address) rows.push([words.address, address]);
  if (phone) rows.push([words.phone, <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>]);
  if (website) {
    rows.push([words.website, isWebAddress(website)
      ? <a href={website} target="_blank" rel="noreferrer noopener">{website.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}</a>
      : website]);
  }
  const access = wheelchair && (words.wheelchairs as Record<string, string | undefined>)[wheelchair];
  if (access) rows.push([words.wheelchair, access]);
  return (
    <div class="support-details">
      {rows.length === 0 ? <p class="small">{words.noMore}</p> : (
        <dl class="facts">
          {rows.map(([term, value]) => <div key={term}><dt>{term}</dt><dd>{value}</dd></div>)}
        </dl>
      )}
      <button type="button" class="button button-small" onClick={searchNear}>{words.nearHere}</button>
    </div>
  );
}
