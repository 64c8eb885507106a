import type { Category, Support } from '../../api/types';
import { PictogramMark } from '../../components/PictogramMark';
import { formats, inLanguage, messages } from '../../i18n';
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
  const { name, price, distance_m, support_types } = support.properties;
  const kind = inLanguage(category?.labels, support.properties.category.replaceAll('_', ' '));
  const facts = [
    distance_m == null ? null : <span class="figures">{formats.value.distance(distance_m)}</span>,
    kind,
    words.price[price] || null,
  ].filter((fact) => fact !== null);
  return (
    <li class={`support${chosen ? ' is-chosen' : ''}`} id={`support-${support.id}`}>
      <PictogramMark category={support.properties.category} />
      <div class="support-body">
        <h3>
          <button type="button" class="support-name" aria-expanded={chosen} onClick={choose}>{name ?? words.find.unnamed(kind)}</button>
        </h3>
        <p class="support-facts">{facts.map((fact, index) => <>{index > 0 && ' · '}{fact}</>)}</p>
        {support_types.length > 0 && <p class="small muted">{support_types.map((type) => words.supportType[type]).join(' · ')}</p>}
        {chosen && <SupportDetails support={support} searchNear={searchNear} />}
      </div>
    </li>
  );
}
