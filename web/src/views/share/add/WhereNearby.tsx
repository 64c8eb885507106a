import { useEffect, useState } from 'preact/hooks';
import type { LonLat } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { useLoad } from '../../../lib/useLoad';
import { knownSupports } from './knownSupports';
import { offerOf, WhereOffers, type Offer } from './WhereOffers';

/** First a few, so that the other ways stay in sight. */
const FEW = 4;
const MANY = 20;

interface WhereNearbyProps {
  /** Where the person said that they are or look; null asks around the middle of the community. */
  near: LonLat | null;
  keep: boolean;
  picked: string | null;
  pick: (offer: Offer) => void;
}

/** Known places, the nearest first. */
export function WhereNearby({ near, keep, picked, pick }: WhereNearbyProps) {
  const words = kept.words.where;
  const { id, bounds } = openCommunity();
  const [more, setMore] = useState(false);
  const middle: LonLat | null = bounds ? [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] : null;
  const around = useSettled(near ?? middle);
  const load = useLoad(() => knownSupports(id, around, '', MANY), [id, around?.join()]);
  const found = (load.value?.features ?? []).flatMap(offerOf);
  return (
    <fieldset class="way">
      <legend><h2>{messages.value.add.listWay}</h2></legend>
      <p class="hint">{near ? words.nearbyHint : words.middleHint}</p>
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      <div class="offered"><WhereOffers offers={more ? found : found.slice(0, FEW)} keep={keep} picked={picked} pick={pick} /></div>
      {!more && found.length > FEW && <button type="button" class="button button-small" onClick={() => setMore(true)}>{words.more}</button>}
    </fieldset>
  );
}

/** While the map is still moving under a held key, the list stays as it is. */
function useSettled(point: LonLat | null): LonLat | null {
  const [settled, setSettled] = useState(point);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(point), 400);
    return () => clearTimeout(timer);
  }, [point?.join()]);
  return settled;
}
