import { useEffect, useState } from 'preact/hooks';
import type { LonLat } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { Field } from '../../../components/Field';
import { announce } from '../../../components/LiveRegion';
import { ProblemNotice } from '../../../components/ProblemNotice';
import { formats, messages } from '../../../i18n';
import { kept } from '../../../i18n/kept';
import { knownNames } from './knownNames';
import { knownSupports } from './knownSupports';
import { offerOf, offerOfName, WhereOffers, type Offer } from './WhereOffers';

/** As many as fit a phone without scrolling far. */
const OFFERED = 6;
const TYPING_PAUSE_MS = 250;

interface Found { offers: Offer[]; count: number }

/** Streets, named places, parts of town and supports, by a word of their name. Slips of the finger do not matter. */
export function WhereSearch({ near, keep, picked, pick }: { near: LonLat | null; keep: boolean; picked: string | null; pick: (offer: Offer) => void }) {
  const words = messages.value.add;
  const { id } = openCommunity();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const asked = typed.trim();

  useEffect(() => {
    setReason(null);
    if (!asked) return setFound(null);
    let current = true;
    const look = async () => {
      const [names, page] = await Promise.all([knownNames(id, asked, OFFERED), knownSupports(id, near, asked, OFFERED)]);
      if (!current) return;
      const count = names.length + page.number_matched;
      setFound({ offers: [...names.map(offerOfName), ...page.features.flatMap(offerOf)], count });
      announce(words.listFound(count, formats.value.number(count)));
    };
    const timer = setTimeout(() => void look().catch((failure: unknown) => current && setReason(failure)), TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, asked, near]);

  return (
    <section class="way" aria-labelledby="way-search">
      <h2 id="way-search">{kept.words.where.search}</h2>
      <Field label={words.listLabel} hint={kept.words.where.searchHint} type="search" value={typed} onInput={setTyped} />
      {reason !== null && <ProblemNotice reason={reason} />}
      {found && found.offers.length === 0 && <p>{words.listNone}</p>}
      {found && found.offers.length > 0 && (
        <fieldset class="offered">
          <legend>{words.listFound(found.count, formats.value.number(found.count))}</legend>
          <WhereOffers offers={found.offers} keep={keep} picked={picked} pick={pick} />
        </fieldset>
      )}
    </section>
  );
}
