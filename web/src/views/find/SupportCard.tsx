import type { Category, Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { PictogramMark } from '../../components/PictogramMark';
import { formats, inLanguage, messages } from '../../i18n';
import { openWords } from './openWords';
import { isFull, isKept, keep, MOST } from './shortlist';
import { SupportDetails } from './SupportDetails';

interface SupportCardProps {
  support: Support;
  category: Category | undefined;
  chosen: boolean;
  choose: () => void;
  searchNear: () => void;
}

/** One support: its name opens the details and marks it on the map. */
export function SupportCard({ support, category, chosen, choose, searchNear }: SupportCardProps) {
  const words = messages.value;
  const { id: community, time_zone } = openCommunity();
  const of = support.properties;
  const { distance, number } = formats.value;
  const kind = inLanguage(category?.labels, of.category.replaceAll('_', ' '));
  const title = of.name ?? words.find.unnamed(kind);
  const hours = openWords(of, time_zone, new Date(), words.find, formats.value);
  const kept = isKept(community, support.id);
  const facts = [
    of.distance_m == null ? null : <span class="figures">{distance(of.distance_m)}</span>,
    of.walking_minutes == null ? null : of.walking_minutes < 1 ? words.find.walkShort : words.find.walk(number(of.walking_minutes)),
    kind,
    words.price[of.price] || null,
  ].filter((fact) => fact !== null);
  return (
    <li class={`support${chosen ? ' is-chosen' : ''}`} id={`support-${support.id}`}>
      <PictogramMark category={of.category} />
      <div class="support-body">
        <h3>
          <button type="button" class="support-name" aria-expanded={chosen} onClick={choose}>{title}</button>
        </h3>
        <p class="support-facts">{facts.map((fact, index) => <>{index > 0 && ' · '}{fact}</>)}</p>
        <p class={`support-hours is-${hours.state}`}>{hours.text}</p>
        {of.status === 'closing' && of.closing_on && !chosen && <p class="small">{words.find.closingOn(formats.value.date(of.closing_on))}</p>}
        {of.support_types.length > 0 && !chosen && <p class="small muted">{of.support_types.map((type) => words.supportType[type]).join(' · ')}</p>}
        {chosen && <SupportDetails support={support} searchNear={searchNear} />}
        {chosen && (
          kept || !isFull(community)
            ? <button type="button" class="chip keep-chip" aria-pressed={kept} onClick={() => keep(community, support.id, !kept)}>{kept ? words.find.kept : words.find.keep}</button>
            : <p class="small">{words.shortlist.full(number(MOST))}</p>
        )}
      </div>
    </li>
  );
}
