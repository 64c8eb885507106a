import { openCommunity } from '../../app/community';
import { Chip } from '../../components/Chip';
import { FeelingMark } from '../../components/FeelingMark';
import { inLanguage } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { toggled } from './lists';
import type { Ask } from './selection';

const KINDS = [
  { name: 'anyKind', being: null, doing: null },
  { name: 'onlyBeing', being: true, doing: null },
  { name: 'onlyDoing', being: null, doing: true },
  { name: 'bothKinds', being: true, doing: true },
] as const;

/** Which places, by what their owners say of them. */
export function PlaceFilterForm({ ask, change }: { ask: Ask; change: (part: Partial<Ask>) => void }) {
  const words = studyMessages.value;
  const { feelings, chime, barriers } = openCommunity().vocabulary;
  return (
    <fieldset class="stack-small">
      <legend><h2>{words.which}</h2></legend>
      <p class="small muted">{words.whichLead}</p>
      <fieldset>
        <legend>{words.kind}</legend>
        <div class="chips">
          {KINDS.map(({ name, being, doing }) => (
            <Chip key={name} on={ask.being === being && ask.doing === doing} toggle={() => change({ being, doing })}>{words[name]}</Chip>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.feelings}</legend>
        <div class="chips feelings">
          {feelings.map(({ id, labels }) => (
            <Chip key={id} on={ask.feelings.includes(id)} toggle={() => change({ feelings: toggled(ask.feelings, id) })}>
              <FeelingMark feeling={id} /> {inLanguage(labels, id)}
            </Chip>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.chime}</legend>
        <div class="chips">
          {chime.map((id) => <Chip key={id} on={ask.chime.includes(id)} toggle={() => change({ chime: toggled(ask.chime, id) })}>{words.chimeWord[id] ?? id}</Chip>)}
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.barriers}</legend>
        <div class="chips">
          {barriers.map((id) => <Chip key={id} on={ask.barriers.includes(id)} toggle={() => change({ barriers: toggled(ask.barriers, id) })}>{words.barrierWord[id] ?? id}</Chip>)}
        </div>
      </fieldset>
    </fieldset>
  );
}
