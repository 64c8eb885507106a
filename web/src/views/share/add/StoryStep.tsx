import { messages } from '../../../i18n';
import { change, type Draft } from './draft';
import { FieldStep } from './FieldStep';

/** The server's own limit, so that nobody writes what cannot be kept. */
const MAX_STORY = 20_000;

export function StoryStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  return <FieldStep step="story" title={words.storyTitle} hint={words.storyHint} value={current.story} rows={6} maxLength={MAX_STORY} onInput={(story) => change({ story })} skip={() => undefined} />;
}
