import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { StoryProperties } from '../../api/types';
import { ShapeMark } from '../../components/ShapeMark';
import { messages } from '../../i18n';
import { storyWords } from '../../i18n/stories';
import { openCommunity } from '../../app/community';
import { FeelingWords } from '../share/FeelingWords';
import { givenAnswers } from '../share/seen/givenAnswers';

/** Longer ones are opened by whoever wants to read on. */
const SHORT = 600;

interface StoryCardProps {
  id: string;
  properties: StoryProperties;
  /** Where a picture of a photo is. */
  photoAddress: (photo: string) => string;
  chosen?: boolean;
  choose?: () => void;
  /** Below the story. */
  children?: ComponentChildren;
}

/** A story, just as everyone is shown it. */
export function StoryCard({ id, properties, photoAddress, chosen = false, choose, children }: StoryCardProps) {
  const words = storyWords.words;
  const { add } = messages.value;
  const { being, doing, story, feelings, photos, photo_not_taken: notTaken, precision } = properties;
  const [whole, setWhole] = useState(false);
  const answers = givenAnswers(openCommunity(), properties.answers ?? {}, properties.answer_versions);
  const name = properties.name ?? words.unnamed;
  const long = story.length > SHORT;
  return (
    <li class={`card place-card story-card${chosen ? ' is-chosen' : ''}`} id={`story-${id}`}>
      <div class="place-head">
        <ShapeMark being={being} doing={doing} size={36} />
        <div>
          <h2>{choose ? <button type="button" class="name-button" aria-pressed={chosen} onClick={choose}>{name}</button> : name}</h2>
          <p class="small muted">{add.precision[precision].title}</p>
        </div>
      </div>
      <p class="story">{long && !whole ? `${story.slice(0, SHORT).trimEnd()}…` : story}</p>
      {long && <button type="button" class="button button-small" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? words.readLess : words.readOn}</button>}
      {feelings.length > 0 && <FeelingWords feelings={feelings} />}
      {photos.length > 0 && (
        <ul class="plain-list story-photos">
          {photos.map((photo) => (
            <li key={photo.id}>
              <figure>
                <img src={photoAddress(photo.id)} width={photo.width} height={photo.height} loading="lazy" alt={photo.alt || photo.caption || words.photo(name)} />
                {photo.caption && <figcaption class="small">{photo.caption}</figcaption>}
              </figure>
            </li>
          ))}
        </ul>
      )}
      {notTaken && <p>{words.notTaken(notTaken)}</p>}
      {answers.length > 0 && <ul class="plain-list story-answers">{answers.map((one) => <li key={one.id}>{one.question} {one.said}</li>)}</ul>}
      {children}
    </li>
  );
}
