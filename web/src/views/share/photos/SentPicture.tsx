import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api/client';
import type { Photo } from '../../../api/types';
import { kept } from '../../../i18n/kept';

interface SentPictureProps {
  community: string;
  place: string;
  photo: Pick<Photo, 'id' | 'width' | 'height'>;
  alt: string;
  loading?: 'lazy';
}

/** A picture that the server has and this phone has not: without a network its words stand in its place. */
export function SentPicture({ community, place, photo: { id, width, height }, alt, loading }: SentPictureProps) {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const again = () => setAway(false);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  if (away) return <p class="picture-away"><strong>{alt}</strong> <span class="small muted">{kept.words.photoAway}</span></p>;
  return <img src={api.photos.address(community, place, id)} alt={alt} width={width} height={height} loading={loading} onError={() => setAway(true)} />;
}
