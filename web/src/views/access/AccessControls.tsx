import { openCommunity } from '../../app/community';
import type { SupportForm } from '../../api/types';
import { Choice } from '../../components/Choice';
import { SelectField } from '../../components/SelectField';
import { formats, inLanguage, messages } from '../../i18n';
import { accessWords } from '../../i18n/access';
import { planner } from '../../i18n/planner';
import { clockOf, DAY_NAMES } from '../rhythm/hours';
import { MINUTES, TYPES, type Plan } from './plan';

/** A time to begin with when a day is chosen: six in the evening. */
const EVENING = 18;

/** Which supports count, when, and how long a walk. */
export function AccessControls({ plan, change }: { plan: Plan; change: (part: Partial<Plan>) => void }) {
  const words = accessWords.words;
  const { days } = messages.value.find;
  const { vocabulary, time_zone } = openCommunity();
  const day = plan.hour === null ? '' : String(Math.floor(plan.hour / 24));
  const clock = plan.hour === null ? EVENING : plan.hour % 24;
  return (
    <fieldset class="picture-controls no-print">
      <legend class="visually-hidden">{words.controls}</legend>
      <SelectField label={words.kind} value={plan.kind} onChange={(kind) => change({ kind })}
        options={[['', words.anyKind], ...vocabulary.categories.map(({ id, labels }) => [id, inLanguage(labels, id)] as const)]} />
      <SelectField label={words.form} value={plan.form ?? ''} onChange={(form) => change({ form: (form || null) as SupportForm | null })}
        options={[['', words.anyForm], ...vocabulary.forms.map(({ id, labels }) => [id, inLanguage(labels, id)] as const)]} />
      <SelectField label={words.support} value={plan.support ?? ''} onChange={(name) => change({ support: TYPES.find((type) => type === name) ?? null })}
        options={[['', words.anyType], ...TYPES.map((type) => [type, planner.words.kinds[type]] as const)]} />
      <SelectField label={words.minutes} value={String(plan.minutes)} onChange={(minutes) => change({ minutes: Number(minutes) })}
        options={MINUTES.map((minutes) => [String(minutes), words.minutesWalk(formats.value.number(minutes))] as const)} />
      {time_zone ? (
        <SelectField label={words.day} value={day} onChange={(next) => change({ hour: next === '' ? null : 24 * Number(next) + clock })}
          options={[['', words.anyDay], ...DAY_NAMES.map((name, index) => [String(index), days[name]] as const)]} />
      ) : <p class="small muted">{words.noClock}</p>}
      {plan.hour !== null && (
        <SelectField label={words.clock} value={String(clock)} onChange={(next) => change({ hour: 24 * Number(day) + Number(next) })}
          options={Array.from({ length: 24 }, (_, hour) => [String(hour), clockOf(hour)] as const)} />
      )}
      <Choice type="checkbox" name="free" checked={plan.free} onChange={(free) => change({ free })} title={words.free} />
      <Choice type="checkbox" name="low" checked={plan.low} onChange={(low) => change({ low })} title={words.low} hint={words.lowWhy} />
    </fieldset>
  );
}
