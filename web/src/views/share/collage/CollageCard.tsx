import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Photo } from '../../../api/types';
import { offers, openCommunity } from '../../../app/community';
import { ShapeMark } from '../../../components/ShapeMark';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { isNew, type Shown } from '../../../offline/items';
import { wordOf } from '../add/words';
import { FeelingWords } from '../FeelingWords';

/** One place in words and marks, as it stands on the page. */
export function CollageCard({ place, name }: { place: Shown; name: string }) {
  const { being, doing, feelings, story, chime, activities, since } = place.properties;
  const sentences: Record<string, { title: string }> = mine.words.chime;
  return (
    <>
      <h2><ShapeMark being={being} doing={doing} size={28} /> {name}</h2>
      <Photos place={place} />
      {story && <p class="story">{story}</p>}
      {(chime ?? []).length > 0 && <p class="collage-chime">{(chime ?? []).map((process) => `${sentences[process]?.title ?? process}.`).join(' ')}</p>}
      {feelings.length > 0 && <FeelingWords feelings={feelings} />}
      {(activities ?? []).length > 0 && <p class="small">{formats.value.list((activities ?? []).map((word) => wordOf('activity', word)))}</p>}
      {since && <p class="small muted">{mine.words.place.sinceSaid(since)}</p>}
    </>
  );
}

/** The photos of the place, with their words. Without an answer the page is the same without them. */
function Photos({ place }: { place: Shown }) {
  const { id: community } = openCommunity();
  const [photos, setPhotos] = useState<Photo[]>([]);
  useEffect(() => {
    let current = true;
    if (offers('photos') && !isNew(place.id)) api.photos.list(community, place.id).then(({ photos: kept }) => current && setPhotos(kept), () => undefined);
    return () => {
      current = false;
    };
  }, [community, place.id]);
  return (
    <>
      {photos.map(({ id, alt, caption, width, height }) => (
        <figure key={id}>
          <img src={api.photos.address(community, place.id, id)} alt={alt || mine.words.photos.noAlt} width={width} height={height} />
          {caption && <figcaption>{caption}</figcaption>}
        </figure>
      ))}
    </>
  );
}
