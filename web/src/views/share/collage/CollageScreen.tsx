import { useEffect, useState } from 'preact/hooks';
import { openCommunity } from '../../../app/community';
import { here } from '../../../app/router';
import { Field } from '../../../components/Field';
import { Loading } from '../../../components/Loading';
import { PageTitle } from '../../../components/PageTitle';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { toggled } from '../add/draft';
import { keepState, keptState } from '../../../offline/lastState';
import { settledAs } from '../../../offline/outbox';
import { useMyPlaces } from '../useMyPlaces';
import { ArrangeButtons } from './ArrangeButtons';
import { arranged, EMPTY, settledIn, type Arrangement } from './arrangement';
import { CollageCard } from './CollageCard';
import { CollagePhotos } from './CollagePhotos';

/** A page of my places and words, arranged by me, for the wall or for somebody I trust. */
export function CollageScreen({ participant }: { participant: string }) {
  const words = mine.words.collage;
  const { id, title } = openCommunity();
  const { places, load } = useMyPlaces(participant);
  const [kept, arrange] = useArrangement(`collage:${id}:${participant}`);
  const arrangement = kept ?? EMPTY;
  const [arranging, setArranging] = useState(true);
  const ids = places.map((place) => place.id);
  const order = arranged(ids, arrangement);
  // In no other order than the person's, not even for a moment.
  const shown = kept === null ? [] : order.flatMap((one) => places.find((place) => place.id === one) ?? []);
  return (
    <div class="collage-page">
      <p class="back-line no-print"><a href={here('share')}>{messages.value.mine.title}</a></p>
      <PageTitle tab={words.title}>{arrangement.title.trim() || words.title}</PageTitle>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {(kept === null || !load.value) && !load.reason && <Loading />}
      {load.value && places.length === 0 && <p class="lead">{messages.value.mine.empty}</p>}
      {kept !== null && places.length > 0 && (
        <div class="no-print stack-small collage-tools">
          <p class="muted">{words.lead}</p>
          <Field label={words.ownTitle} value={arrangement.title} maxLength={120} onInput={(own) => arrange({ ...arrangement, title: own })} />
          <div class="row">
            <button type="button" class="button button-main" onClick={() => print()}>{words.print}</button>
            <button type="button" class="button" aria-pressed={arranging} onClick={() => setArranging(!arranging)}>{arranging ? words.done : words.arrange}</button>
          </div>
          <p class="small muted">{words.printHint}</p>
        </div>
      )}
      <ul class="plain-list collage">
        {shown.map((place) => {
          const hidden = arrangement.hidden.includes(place.id);
          const large = arrangement.large.includes(place.id);
          const name = place.properties.name ?? messages.value.mine.unnamed;
          if (hidden && !arranging) return null;
          return (
            <li key={place.id} class={`collage-card${large ? ' is-large' : ''}${hidden ? ' is-hidden no-print' : ''}`}>
              <CollageCard place={place} name={name} photos={<CollagePhotos participant={participant} place={place.id} arrangement={arrangement} arrange={arranging ? arrange : null} />} />
              {arranging && (
                <ArrangeButtons id={place.id} ids={ids} name={name} arrangement={arrangement} arrange={arrange}>
                  <button type="button" class="button button-small" aria-pressed={large} onClick={() => arrange({ ...arrangement, large: toggled(arrangement.large, place.id) })}>{words.large}</button>
                </ArrangeButtons>
              )}
            </li>
          );
        })}
      </ul>
      <p class="small muted collage-foot">Stead · {title}</p>
    </div>
  );
}

/** Kept on this device alone: how it is arranged is nobody else's business. Null until the device has answered: nothing can be arranged over what was kept before. */
function useArrangement(name: string): [Arrangement | null, (next: Arrangement) => void] {
  const [arrangement, setArrangement] = useState<Arrangement | null>(null);
  useEffect(() => {
    let current = true;
    void keptState<Partial<Arrangement>>(name).then((kept) => current && setArrangement({ ...EMPTY, ...kept }));
    return () => {
      current = false;
    };
  }, [name]);
  const arrange = (next: Arrangement) => {
    setArrangement(next);
    keepState(name, next);
  };
  return [arrangement && settledIn(arrangement, settledAs.value), arrange];
}
