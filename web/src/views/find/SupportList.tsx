import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { setQuery } from '../../app/router';
import { Loading } from '../../components/Loading';
import { formats, inLanguage, messages } from '../../i18n';
import { useInParts } from '../../lib/useInParts';
import { NO_FILTERS, queryOf } from './filters';
import { SupportCard } from './SupportCard';
import type { Found } from './useSupports';

interface SupportListProps {
  found: Found | null;
  chosen: string | null;
  choose: (support: Support) => void;
  searchNear: (support: Support, name: string) => void;
  showMore: () => void;
  /** Whether distances are shown, and so have to be explained. */
  measured: boolean;
}

export function SupportList({ found, chosen, choose, searchNear, showMore, measured }: SupportListProps) {
  const words = messages.value.find;
  const { categories } = openCommunity().vocabulary;
  const number = formats.value.number;
  const first = found?.supports[0]?.id ?? null;
  const drawn = useInParts(found?.supports.length ?? 0, first);
  if (!found) return <Loading />;
  if (found.matched === 0) {
    return (
      <div class="notice">
        <p>{words.empty}</p>
        <button type="button" class="button" onClick={() => setQuery(queryOf(NO_FILTERS))}>{words.clear}</button>
      </div>
    );
  }
  const card = (support: Support) => {
    const category = categories.find(({ id }) => id === support.properties.category);
    const name = support.properties.name ?? words.unnamed(inLanguage(category?.labels, support.properties.category));
    return (
      <SupportCard key={support.id} support={support} category={category} chosen={support.id === chosen}
        choose={() => choose(support)} searchNear={() => searchNear(support, name)} />
    );
  };
  // The one that was chosen on the map is drawn at once, wherever it stands in the list.
  const shown = found.supports.filter(({ id }, index) => index < drawn || id === chosen);
  const places = shown.filter(({ properties }) => properties.channel === 'place');
  const remote = shown.filter(({ properties }) => properties.channel !== 'place');
  return (
    <section aria-labelledby="found-count">
      <h2 id="found-count" class="count">{words.count(found.matched, number(found.matched))}</h2>
      {measured && <p class="small muted">{words.straight} {words.minutesHow}</p>}
      {places.length > 0 && <ul class="plain-list supports" aria-label={words.results}>{places.map(card)}</ul>}
      {remote.length > 0 && (
        <section class="remote" aria-labelledby="found-remote">
          <h2 id="found-remote">{words.remote}</h2>
          <p class="small muted">{words.remoteHint}</p>
          <ul class="plain-list supports" aria-label={words.remote}>{remote.map(card)}</ul>
        </section>
      )}
      {found.next && (
        <div class="row more">
          <span class="muted">{words.partly(number(found.supports.length), number(found.matched))}</span>
          <button type="button" class="button" onClick={showMore}>{words.showMore}</button>
        </div>
      )}
    </section>
  );
}
