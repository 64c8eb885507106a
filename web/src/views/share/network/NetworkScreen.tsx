import { useMemo } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import type { Shown } from '../../../offline/items';
import { wordOf } from '../add/words';
import { useMyPlaces } from '../useMyPlaces';
import { NearbySupports } from './NearbySupports';
import { middleOfMine, networkOf } from './network';

/** My support network: by type, given and received, and where it is thin. */
export function NetworkScreen({ participant }: { participant: string }) {
  const words = mine.words;
  const { vocabulary } = openCommunity();
  const { places, load } = useMyPlaces(participant);
  const network = useMemo(() => networkOf(places, vocabulary.support_types), [places]);
  const middle = useMemo(() => middleOfMine(places), [places]);
  const { number } = formats.value;
  return (
    <div class="narrow network">
      <p class="back-line"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle>{words.network.title}</PageTitle>
      <p class="muted">{words.network.lead}</p>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {!load.value && !load.reason && <Loading />}
      {load.value && !network.any && <p class="lead">{words.network.empty}</p>}
      {network.any && (
        <>
          <ul class="plain-list stack-small">
            {network.types.map(({ type, received, given }) => (
              <li key={type} class="card network-type">
                <h2>{words.support[type].title}</h2>
                <Way mark="being" said={received.length > 0 ? words.network.get(received.length, number(received.length)) : words.network.getNone} places={received} />
                <Way mark="doing" said={given.length > 0 ? words.network.give(given.length, number(given.length)) : words.network.giveNone} places={given} />
              </li>
            ))}
          </ul>
          {network.company.length > 0 && (
            <section class="stack-small">
              <h2>{words.network.people}</h2>
              <ul class="plain-list">
                {network.company.map(({ companion, places: there }) => (
                  <li key={companion}>{wordOf('companion', companion)}: {words.network.atPlaces(there.length, number(there.length))}</li>
                ))}
              </ul>
            </section>
          )}
          <section class="stack-small">
            <h2>{words.network.thinTitle}</h2>
            {network.thin.length === 0 && <p>{words.network.thinNone}</p>}
            {network.thin.map((type) => <NearbySupports key={type} type={type} near={middle} />)}
          </section>
        </>
      )}
    </div>
  );
}

/** How many places, drawn as so many marks, and their names. */
function Way({ mark, said, places }: { mark: 'being' | 'doing'; said: string; places: readonly Shown[] }) {
  return (
    <div class="network-way">
      <p>{places.length > 0 ? <strong>{said}</strong> : <span class="muted">{said}</span>}</p>
      {places.length > 0 && (
        <p>
          <span class={`network-marks marks-${mark}`} aria-hidden="true">{places.map(({ id }) => <span key={id} />)}</span>
          {formats.value.list(places.map(({ properties }) => properties.name ?? messages.value.mine.unnamed))}
        </p>
      )}
    </div>
  );
}
