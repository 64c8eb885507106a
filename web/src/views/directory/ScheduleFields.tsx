import { useRef } from 'preact/hooks';
import type { Schedule } from '../../api/types';
import { Chip } from '../../components/Chip';
import { Field } from '../../components/Field';
import { SelectField } from '../../components/SelectField';
import { formats, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { schedulesInWords } from '../find/factWords';
import { DAYS, NEW_SCHEDULE, NTHS, oftenOf, RHYTHMS, simple, withDays, withNth, withOften, type Day } from './schedule';

interface ScheduleFieldsProps {
  schedules: readonly Schedule[];
  change: (schedules: readonly Schedule[]) => void;
  error: string | null;
}

/** Times that do not come every week: every second Tuesday, the first Saturday of a month. */
export function ScheduleFields({ schedules, change, error }: ScheduleFieldsProps) {
  const words = directoryMessages.value.schedule;
  const { find } = messages.value;
  const add = useRef<HTMLButtonElement>(null);
  const put = (at: number, one: Schedule) => change(schedules.map((old, i) => (i === at ? one : old)));
  const number = formats.value.number;
  const often = (text: string): string => {
    const [freq, n] = text.split('/');
    return (freq === 'MONTHLY' ? find.everyMonths : find.everyWeeks)(Number(n), number(Number(n)));
  };
  const dayName = (day: Day): string => find.days[`${day[0]}${day[1]?.toLowerCase()}` as keyof typeof find.days];
  return (
    <div class={`stack${error ? ' has-error' : ''}`}>
      {error && <p class="field-error">{error}</p>}
      {schedules.map((one, i) => {
        const told = schedulesInWords([one], find, formats.value)[0] ?? '';
        const rhythm = oftenOf(one);
        const { days, nth } = simple(one) ?? { days: [], nth: null };
        return (
          <fieldset key={i} class="stack-small schedule">
            <legend>{told}</legend>
            {simple(one) && (
              <>
                <div class="directory-pairs">
                  <SelectField label={words.often} value={rhythm} options={[...new Set([...RHYTHMS, rhythm])].map((text) => [text, often(text)] as const)} onChange={(text) => put(i, withOften(one, text))} />
                  {one.freq === 'MONTHLY' && (
                    <SelectField label={words.which} value={nth ?? '1'} options={NTHS.map((n) => [n, words.nth[n]] as const)} onChange={(n) => put(i, withNth(one, n))} />
                  )}
                </div>
                <fieldset>
                  <legend>{words.days}</legend>
                  <div class="chips">
                    {DAYS.map((day) => {
                      const on = days.includes(day);
                      return <Chip key={day} on={on} toggle={() => put(i, withDays(one, on ? days.filter((other) => other !== day) : [...days, day]))}>{dayName(day)}</Chip>;
                    })}
                  </div>
                </fieldset>
              </>
            )}
            <div class="directory-pairs">
              <Field label={words.from} type="time" value={(one.opens_at ?? '').slice(0, 5)} onInput={(time) => put(i, { ...one, opens_at: time || null })} />
              <Field label={words.to} type="time" value={(one.closes_at ?? '').slice(0, 5)} onInput={(time) => put(i, { ...one, closes_at: time || null })} />
              <Field label={words.first} hint={words.firstHint} type="date" value={one.dtstart ?? ''} onInput={(day) => put(i, { ...one, dtstart: day || null })} />
              <Field label={words.last} hint={words.lastHint} type="date" value={one.until ?? ''} onInput={(day) => put(i, { ...one, until: day || null })} />
            </div>
            <button type="button" class="button-quiet" onClick={() => { change(schedules.filter((_, at) => at !== i)); add.current?.focus(); }}>{words.remove(told)}</button>
          </fieldset>
        );
      })}
      <button type="button" class="button" ref={add} onClick={() => change([...schedules, NEW_SCHEDULE])}>{words.add}</button>
      <p class="hint">{words.hint}</p>
    </div>
  );
}
