import type { LonLat, Named, Support } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Choice } from '../../../components/Choice';
import { formats, inLanguage, messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { middleOf } from '../../../lib/geometry';

/** Something with a name that a place can be put at. */
export interface Offer {
  key: string;
  title: string;
  hint: string;
  point: LonLat;
  /** People may live there: others are told the area, not the door, unless the person wants it otherwise. */
  homelike?: boolean;
}

const HOMELIKE: readonly string[] = ['shelter', 'social_facility'];

/** What is online or confidential is nowhere to put a pin. */
export function offerOf(support: Support): Offer[] {
  const { geometry, properties: { name, category, distance_m, address } } = support;
  if (geometry === null) return [];
  const kind = inLanguage(openCommunity().vocabulary.categories.find((one) => one.id === category)?.labels, category);
  const hint = [kind, address, distance_m == null ? null : formats.value.distance(distance_m)].filter(Boolean).join(' · ');
  return [{ key: support.id, title: name ?? messages.value.find.unnamed(kind), hint, point: middleOf(geometry), homelike: HOMELIKE.includes(category) }];
}

export const offerOfName = ({ name, kind, detail, coordinates }: Named): Offer =>
  ({ key: coordinates.join(), title: name, hint: [mine.words.place.namedKinds[kind], detail].filter(Boolean).join(' · '), point: coordinates });

interface WhereOffersProps {
  offers: readonly Offer[];
  /** One of them is the place; otherwise each press adds a corner. */
  keep: boolean;
  picked: string | null;
  pick: (offer: Offer) => void;
}

export function WhereOffers({ offers, keep, picked, pick }: WhereOffersProps) {
  return (
    <>
      {offers.map((offer) => (keep
        ? <Choice key={offer.key} type="radio" name="offer" value={offer.key} checked={picked === offer.key} title={offer.title} hint={offer.hint} onChange={() => pick(offer)} />
        : <button key={offer.key} type="button" class="button offered-corner" onClick={() => pick(offer)}>{mine.words.place.cornerAt(offer.title)}</button>))}
    </>
  );
}
