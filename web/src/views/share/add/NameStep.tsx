import { messages } from '../../../i18n';
import { change, type Draft } from './draft';
import { FieldStep } from './FieldStep';

/** The server's own limit, so that nobody writes what cannot be kept. */
const MAX_NAME = 200;

export function NameStep({ current }: { current: Draft }) {
  const words = messages.value.add;
  return <FieldStep step="name" title={words.nameTitle} hint={words.nameHint} value={current.name} maxLength={MAX_NAME} onInput={(name) => change({ name })} skip={() => undefined} />;
}
