import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { Chip } from '../../components/Chip';
import { Choice } from '../../components/Choice';
import { Field } from '../../components/Field';
import { SelectField } from '../../components/SelectField';
import { WeekStrip } from '../../components/WeekStrip';
import { formats, inLanguage, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { weekOf } from '../../lib/week';
import { localTime } from '../../lib/zone';
import { STATUSES, SUPPORT_TYPES, toggled } from '../find/filters';
import { CategoryField } from './CategoryField';
import { fieldsIn, mayEnd, mayHavePosition, type Answer, type Draft } from './draft';
import { Failure } from './Failure';
import { LanguageChips } from './LanguageChips';
import { PositionField } from './PositionField';
import { ScheduleFields } from './ScheduleFields';
import type { Saving } from './useSaving';

const CLOSENESS = ['work', 'repeated_interaction', 'non_judgement', 'evenings_weekends', 'skills', 'equal_power', 'shared_experience', 'flexible_activities', 'outreach'] as const;
const CHANNELS = ['place', 'online', 'telephone'] as const;
const REFERRALS = ['unknown', 'none', 'needed'] as const;
const PRICES = ['unknown', 'free', 'low', 'paid'] as const;
const ANSWERS: readonly Answer[] = ['unknown', 'yes', 'no'];
const WHEELCHAIR = ['', 'yes', 'limited', 'no'] as const;
/** Characters of a line, of a text, of the hours and of an address on the web, as the server counts them. */
const MOST: Partial<Record<keyof Draft, number>> = { name: 300, organisation: 300, address: 300, phone: 300, description: 5000, eligibility: 5000 };

interface SupportFormProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  saving: Saving;
  submit: () => void;
  label: string;
  /** Stands above the button. */
  before?: ComponentChildren;
}

/** Everything that the directory can know of a support. What is left open is told as not known. */
export function SupportForm({ draft, change: pass, saving, submit, label, before }: SupportFormProps) {
  const words = directoryMessages.value;
  const { find, supportType } = messages.value;
  const { vocabulary, time_zone } = openCommunity();
  const form = useRef<HTMLFormElement>(null);
  const { wrong, reason, busy } = saving;
  useEffect(() => {
    if (!wrong) return;
    const marked = form.current?.querySelector<HTMLElement>('.has-error');
    (marked?.querySelector<HTMLElement>('input, textarea, select, button') ?? marked)?.focus();
  }, [wrong]);

  const change = (part: Partial<Draft>) => {
    saving.touched(fieldsIn(part));
    pass(part);
  };
  const errorOf = (field: string): string | null => {
    if (wrong?.field !== field) return null;
    const most = MOST[field as keyof Draft];
    return words.wrong[field] ?? (most ? words.wrongText(formats.value.number(most)) : words.wrongOther(wrong.detail));
  };
  const name = (field: string): string => words.field[field] ?? field;
  type TextField = { [K in keyof Draft]: Draft[K] extends string ? (string extends Draft[K] ? K : never) : never }[keyof Draft];
  const text = (field: TextField, more: Partial<Parameters<typeof Field>[0]> = {}) => (
    <Field label={name(field)} value={draft[field]} error={errorOf(field)} onInput={(typed) => change({ [field]: typed })} {...more} />
  );
  const answers = ANSWERS.map((answer) => [answer, words.answer[answer]] as const);
  const week = weekOf(draft.opening_hours.trim(), draft.schedules);
  const shown = new Set([...Object.keys(draft), 'geometry', 'price_amount']);
  return (
    <form ref={form} class="stack directory-form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <fieldset class="stack">
        <legend><h2>{words.group.what}</h2></legend>
        {text('name')}
        <CategoryField draft={draft} change={change} error={errorOf('category')} />
        <SelectField label={name('form')} value={draft.form} error={errorOf('form')} options={vocabulary.forms.map(({ id, labels }) => [id, inLanguage(labels, id)] as const)}
          onChange={(id) => change({ form: id as Draft['form'] })} />
        {text('organisation')}
        {text('description', { rows: 4, hint: words.descriptionHint })}
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.gives}</h2></legend>
        <fieldset>
          <legend>{name('support_types')}</legend>
          <div class="chips">
            {SUPPORT_TYPES.map((type) => <Chip key={type} on={draft.support_types.includes(type)} toggle={() => change({ support_types: toggled(draft.support_types, type) })}>{supportType[type]}</Chip>)}
          </div>
        </fieldset>
        <fieldset>
          <legend>{name('closeness')}</legend>
          <div class="offered">
            {CLOSENESS.map((feature) => (
              <Choice key={feature} type="checkbox" name="closeness" value={feature} checked={draft.closeness.includes(feature)} title={find.closenessFeatures[feature]}
                onChange={() => change({ closeness: toggled(draft.closeness, feature) })} />
            ))}
          </div>
        </fieldset>
        <div class="directory-pairs">
          <SelectField label={name('lived_experience')} value={draft.lived_experience} options={answers} onChange={(said) => change({ lived_experience: said as Answer })} />
          <SelectField label={name('direct')} value={draft.direct} options={answers} onChange={(said) => change({ direct: said as Answer })} />
        </div>
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.coming}</h2></legend>
        <div class="directory-pairs">
          <SelectField label={name('channel')} value={draft.channel} options={CHANNELS.map((one) => [one, find.channels[one]] as const)} onChange={(one) => change({ channel: one as Draft['channel'] })} />
          <SelectField label={name('referral')} value={draft.referral} options={REFERRALS.map((one) => [one, words.referral[one]] as const)} onChange={(one) => change({ referral: one as Draft['referral'] })} />
        </div>
        {text('eligibility', { rows: 2, hint: words.eligibilityHint })}
        <div class={`directory-price${draft.price === 'free' ? ' is-free' : ''}`}>
          <SelectField label={name('price')} value={draft.price} options={PRICES.map((one) => [one, words.price[one]] as const)}
            onChange={(one) => change({ price: one as Draft['price'], ...(one === 'free' ? { amount: '' } : {}) })} />
          {draft.price !== 'free' && (
            <>
              <Field label={words.amount} hint={words.amountHint} inputMode="decimal" value={draft.amount} error={errorOf('price_amount')} onInput={(amount) => change({ amount })} />
              <Field label={words.currency} hint={words.currencyHint} value={draft.currency} maxLength={3} onInput={(currency) => change({ currency })} />
            </>
          )}
        </div>
        {text('capacity', { inputMode: 'numeric', hint: words.capacityHint })}
        <LanguageChips draft={draft} change={change} error={errorOf('languages')} />
        <SelectField label={name('wheelchair')} value={draft.wheelchair} error={errorOf('wheelchair')} options={WHEELCHAIR.map((one) => [one, words.wheelchair[one]] as const)} onChange={(wheelchair) => change({ wheelchair })} />
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.where}</h2></legend>
        <Choice type="checkbox" name="confidential" checked={draft.confidential} title={words.confidentialTitle} hint={words.confidentialHint} onChange={(confidential) => change({ confidential })} />
        {draft.confidential ? <p class="notice">{words.confidentialIs}</p> : text('address', { hint: words.addressHint })}
        {draft.channel !== 'place' && <p class="notice">{words.remoteIs}</p>}
        {mayHavePosition(draft) && <PositionField point={draft.point} put={(point) => change({ point })} error={errorOf('geometry')} />}
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.when}</h2></legend>
        {text('opening_hours', { rows: 2, hint: words.hoursHint })}
        {week && <div class="stack-small"><p class="small muted">{words.hoursSeen}</p><WeekStrip week={week} /></div>}
        <fieldset>
          <legend>{name('schedules')}</legend>
          <ScheduleFields schedules={draft.schedules} change={(schedules) => change({ schedules })} error={errorOf('schedules')} />
        </fieldset>
        <div class="directory-pairs">
          <SelectField label={name('status')} value={draft.status} options={STATUSES.map((one) => [one, find.statuses[one]] as const)} onChange={(one) => change({ status: one as Draft['status'] })} />
          {mayEnd(draft) && text('closing_on', { type: 'date', hint: words.closingHint })}
        </div>
        {text('since', { hint: words.sinceHint })}
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.contact}</h2></legend>
        {text('phone', { inputMode: 'tel' })}
        {text('email', { inputMode: 'email' })}
        {text('website', { inputMode: 'url', hint: words.websiteHint })}
      </fieldset>

      <fieldset class="stack">
        <legend><h2>{words.group.record}</h2></legend>
        <div class="directory-checked">
          {text('last_checked', { type: 'date', hint: words.checkedHint })}
          <button type="button" class="button" onClick={() => change({ last_checked: localTime(new Date(), time_zone ?? 'UTC').slice(0, 10) })}>{words.checkedToday}</button>
        </div>
      </fieldset>

      {before}
      {wrong && <p class="notice notice-problem" role="alert">{shown.has(wrong.field) ? words.errors : words.wrongOther(wrong.detail)}</p>}
      {reason !== null && <Failure reason={reason} />}
      <button type="submit" class="button button-main" disabled={busy}>{busy ? words.saving : label}</button>
    </form>
  );
}
