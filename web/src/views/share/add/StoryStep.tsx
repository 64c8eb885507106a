import { Field } from '../../../components/Field';
import { messages } from '../../../i18n';
import { change, type Draft } from './draft';
import { StepFrame } from './StepFrame';

/** The server's own limits, so that nobody writes what cannot be kept. */
const MAX_NAME = 200;
const MAX_STORY = 20_000;

export function StoryStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  return (
    <StepFrame step="story" title={words.storyTitle} skip={() => undefined}>
      <Field label={words.name} hint={words.nameHint} value={current.name} maxLength={MAX_NAME} onInput={(name) => change({ name })} />
      <Field label={words.story} hint={words.storyHint} value={current.story} rows={6} maxLength={MAX_STORY} onInput={(story) => change({ story })} />
    </StepFrame>
  );
}
