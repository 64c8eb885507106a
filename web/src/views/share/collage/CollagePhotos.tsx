import { api } from '../../../api/client';
import type { Photo } from '../../../api/types';
import { offers, openCommunity } from '../../../app/community';
import { mine } from '../../../i18n/mine';
import { useLoad } from '../../../lib/useLoad';
import { isNew, partsWithWaiting } from '../../../offline/items';
import { sent, waiting } from '../../../offline/outbox';
import { partsName, partsOf } from '../../../offline/parts';
import { SentPicture } from '../photos/SentPicture';
import { UnsentPicture } from '../photos/UnsentPicture';
import { arranged, type Arrangement } from './arrangement';
import { ArrangeButtons } from './ArrangeButtons';

interface CollagePhotosProps {
  participant: string;
  place: string;
  arrangement: Arrangement;
  /** Null while the page is looked at as it will be printed. */
  arrange: ((next: Arrangement) => void) | null;
}

/** The photos of a place with their words, those on this phone alone, too. Without an answer the page is the same without the others. */
export function CollagePhotos({ participant, place, arrangement, arrange }: CollagePhotosProps) {
  const { id: community } = openCommunity();
  const words = mine.words.photos;
  const load = useLoad(
    () => (isNew(place) || !offers('photos') ? Promise.resolve([]) : partsOf<Photo>(partsName('photo', community, participant, place), async () => (await api.photos.list(community, place)).photos)),
    [community, participant, place, sent.value],
  );
  const photos = [
    ...partsWithWaiting(load.value ?? [], waiting.value, 'photo').filter(({ waiting: item }) => item?.kind !== 'photo-delete')
      .map(({ part }) => ({ id: part.id, said: part, picture: (alt: string) => <SentPicture community={community} place={place} photo={part} alt={alt} /> })),
    ...waiting.value.filter((item) => item.kind === 'photo' && item.place === place && !item.leavesAt)
      .map((item) => ({ id: item.id, said: item.body as Photo, picture: (alt: string) => <UnsentPicture item={item} alt={alt} /> })),
  ];
  const ids = photos.map(({ id }) => id);
  return (
    <>
      {arranged(ids, arrangement).map((id) => {
        const photo = photos.find((one) => one.id === id);
        const hidden = arrangement.hidden.includes(id);
        if (!photo || (hidden && !arrange)) return null;
        const { alt, caption } = photo.said;
        return (
          <figure key={id} class={hidden ? 'is-hidden no-print' : undefined}>
            {photo.picture(alt || words.noAlt)}
            {caption && <figcaption>{caption}</figcaption>}
            {arrange && <ArrangeButtons id={id} ids={ids} name={caption || alt || words.unnamed} arrangement={arrangement} arrange={arrange} />}
          </figure>
        );
      })}
    </>
  );
}
