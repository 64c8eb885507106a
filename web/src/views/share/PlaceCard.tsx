import { offers } from '../../app/community';
import { here } from '../../app/router';
import { ShapeMark } from '../../components/ShapeMark';
import { formats, messages } from '../../i18n';
import { shapeOf } from '../../map/features';
import { mine } from '../../i18n/mine';
import type { Shown } from '../../offline/items';
import { FeelingWords } from './FeelingWords';
import { SendState } from './SendState';
import { SeenByOthers } from './SeenByOthers';
import { PURPOSES } from './purposes';

interface PlaceCardProps {
  place: Shown;
  chosen: boolean;
  choose: () => void;
  edit: () => void;
  remove: () => void;
}

export function PlaceCard({ place, chosen, choose, edit, remove }: PlaceCardProps) {
  const words = messages.value;
  const { being, doing, feelings, share, precision, home, story, created_at, story_review: review } = place.properties;
  const name = place.properties.name ?? words.mine.unnamed;
  const shared = PURPOSES.filter((purpose) => share[purpose]).map((purpose) => words.purpose[purpose].short);
  return (
    <li class={`card place-card${chosen ? ' is-chosen' : ''}`} id={`place-${place.id}`}>
      <div class="place-head">
        <ShapeMark being={being} doing={doing} size={36} />
        <div>
          <h2><button type="button" class="name-button" aria-pressed={chosen} onClick={choose}>{name}</button></h2>
          <p class="small muted">{words.shape[shapeOf({ being, doing })]} · {words.add.precision[precision].title}{home && ` · ${words.mine.home}`}</p>
        </div>
      </div>
      <SendState id={place.id} waiting={place.waiting} />
      {feelings.length > 0 && <FeelingWords feelings={feelings} />}
      {story && <p class="story">{story}</p>}
      <p class="small muted">{shared.length > 0 ? words.mine.seenBy(formats.value.list(shared)) : words.mine.onlyMe}. {words.mine.added(formats.value.date(created_at))}.</p>
      {review && <p class="notice story-review">{mine.words.review[review.state]}{review.reason && ` ${mine.words.review.reason(review.reason)}`}{review.state === 'published' && <> <a href={here('picture', 'stories')}>{mine.words.review.look}</a></>}</p>}
      {offers('seen_as') && !place.waiting && <SeenByOthers place={place} />}
      <div class="row card-actions">
        <button type="button" class="button button-small" aria-label={words.mine.editNamed(name)} onClick={edit}>{words.mine.edit}</button>
        {offers('photos') && <a class="button button-small" href={here('share', 'photos', place.id)} aria-label={mine.words.photos.title(name)}>{mine.words.photos.link}</a>}
        {offers('diary') && <a class="button button-small" href={here('share', 'diary', place.id)} aria-label={mine.words.diary.title(name)}>{mine.words.diary.link}</a>}
        <button type="button" class="button button-small" aria-label={words.mine.removeNamed(name)} onClick={remove}>{words.mine.remove}</button>
      </div>
    </li>
  );
}
