import type { ComponentChildren } from 'preact';
import { api } from '../../../api/client';
import type { Photo } from '../../../api/types';
import { openCommunity } from '../../../app/community';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { seenWords } from '../../../i18n/seen';

/** A photo of a story says less than one that is shared for research. */
type Given = Partial<Photo> & Pick<Photo, 'id' | 'width' | 'height'>;

/** The photos that others are given, with all that is given of them. */
export function SeenPhotos({ photos, place }: { photos: readonly Given[]; place: string | null }) {
  return <ul class="plain-list stack-small">{photos.map((photo) => <li key={photo.id}><SeenPhoto photo={photo} place={place} /></li>)}</ul>;
}

function SeenPhoto({ photo, place }: { photo: Given; place: string | null }) {
  const words = seenWords.words.photo;
  const { id: community } = openCommunity();
  const { number, dateTime, list } = formats.value;
  const { caption, alt, showed, people, share } = photo;
  const prompts = mine.words.photos.showed;
  const answered = showed && (Object.keys(prompts) as (keyof typeof prompts)[]).filter((name) => showed[name]);
  const shared = share && (['research', 'public_story'] as const).filter((purpose) => share[purpose]).map((purpose) => words.shareFor[purpose]);
  const rows: [keys: string, term: string, said: ComponentChildren][] = [
    ['caption', words.caption, caption], ['alt', words.alt, alt],
    ['showed', words.showed, answered && answered.length > 0 && <ul class="plain-list">{answered.map((name) => <li key={name}>{prompts[name]} {showed[name]}</li>)}</ul>],
    ['people', words.people, people && words.peopleIs[people]], ['share', words.share, shared && shared.length > 0 && list(shared)],
    ['width height', words.size, words.pixels(number(photo.width), number(photo.height))],
    ['created_at', words.created_at, photo.created_at && dateTime(photo.created_at)], ['id', words.id, <code>{photo.id}</code>],
  ];
  const given = rows.filter(([keys]) => keys.split(' ').some((name) => name in photo));
  return (
    <div class="stack-small seen-photo">
      {place && <img src={api.photos.address(community, place, photo.id, 'thumb')} loading="lazy" alt={alt || caption || words.picture} />}
      <dl class="seen-rows">
        {given.map(([keys, term, said]) => <div key={term} data-photo-keys={keys}><dt>{term}</dt><dd>{said || <span class="muted">{mine.words.place.notSaid}</span>}</dd></div>)}
      </dl>
    </div>
  );
}
