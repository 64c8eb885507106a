import type { Feature } from 'geojson';
import type { Photo } from '../../../api/types';
import { seenWords } from '../../../i18n/seen';
import { placeRows } from './placeRows';
import { SeenPhotos } from './SeenPhotos';

interface SeenFeatureProps {
  feature: Feature;
  /** What the role is given beside the feature. */
  photos: readonly Photo[];
  /** The place that the photos are of; null while there is none yet. */
  place: string | null;
  /** Looked at before it is saved. */
  draft: boolean;
}

/** Exactly what a role is given of a place, thing by thing. */
export function SeenFeature({ feature, photos, place, draft }: SeenFeatureProps) {
  const words = seenWords.words;
  const rows = placeRows(feature, { known: place !== null, draft });
  const empty = rows.filter(({ said }) => !said);
  const told = (feature.properties?.['photos'] as readonly Photo[] | undefined) ?? photos;
  return (
    <div class="stack-small">
      <dl class="seen-rows">
        {rows.filter(({ said }) => said).map(({ keys, term, said }) => (
          <div key={term} data-keys={keys.join(' ')}><dt>{term}</dt><dd>{said}</dd></div>
        ))}
        <div data-keys="photos"><dt>{words.photos}</dt><dd>{told.length > 0 ? <SeenPhotos photos={told} place={place} /> : words.noPhotos}</dd></div>
      </dl>
      {empty.length > 0 && (
        <div class="small muted">
          <p>{words.emptySaid}</p>
          <ul>{empty.map(({ keys, term }) => <li key={term} data-keys={keys.join(' ')}>{term}</li>)}</ul>
        </div>
      )}
    </div>
  );
}
