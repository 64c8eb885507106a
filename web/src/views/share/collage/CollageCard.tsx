import type { ComponentChildren } from 'preact';
import { ShapeMark } from '../../../components/ShapeMark';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import type { Shown } from '../../../offline/items';
import { wordOf } from '../add/words';
import { FeelingWords } from '../FeelingWords';

/** One place in words and marks, as it stands on the page. */
export function CollageCard({ place, name, photos }: { place: Shown; name: string; photos: ComponentChildren }) {
  const { being, doing, feelings, story, chime, activities, since } = place.properties;
  const sentences: Record<string, { title: string }> = mine.words.chime;
  return (
    <>
      <h2><ShapeMark being={being} doing={doing} size={28} /> {name}</h2>
      {photos}
      {story && <p class="story">{story}</p>}
      {(chime ?? []).length > 0 && <p class="collage-chime">{(chime ?? []).map((process) => `${sentences[process]?.title ?? process}.`).join(' ')}</p>}
      {feelings.length > 0 && <FeelingWords feelings={feelings} />}
      {(activities ?? []).length > 0 && <p class="small">{formats.value.list((activities ?? []).map((word) => wordOf('activity', word)))}</p>}
      {since && <p class="small muted">{mine.words.place.sinceSaid(since)}</p>}
    </>
  );
}
