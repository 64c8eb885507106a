import { Field } from '../../../components/Field';
import { offers } from '../../../app/community';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { change, type Draft } from './draft';
import { StepFrame } from './StepFrame';

/** The server's own limits, so that nobody writes what cannot be kept. */
const MAX_NAME = 200;
const MAX_STORY = 20_000;
const MAX_NOT_TAKEN = 2_000;

export function StoryStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  const { place } = mine.words;
  return (
    <StepFrame step="story" title={words.storyTitle} skip={() => undefined}>
      <Field label={words.name} hint={words.nameHint} value={current.name} maxLength={MAX_NAME} onInput={(name) => change({ name })} />
      <Field label={words.story} hint={words.storyHint} value={current.story} rows={6} maxLength={MAX_STORY} onInput={(story) => change({ story })} />
      {offers('photos') && (
        <details open={current.photoNotTaken !== ''}>
          <summary>{place.notTaken}</summary>
          <Field label={place.notTakenLabel} hint={place.notTakenHint} value={current.photoNotTaken} rows={3} maxLength={MAX_NOT_TAKEN} onInput={(photoNotTaken) => change({ photoNotTaken })} />
        </details>
      )}
    </StepFrame>
  );
}
