import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Facets } from '../../api/types';
import { openCommunity } from '../../app/community';
import { setQuery } from '../../app/router';
import { Chip } from '../../components/Chip';
import { formats, inLanguage, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';
import { localTime } from '../../lib/zone';
import { DISTANCES, HOURS, isFiltered, NO_FILTERS, queryOf, STATUSES, staysOpen, SUPPORT_TYPES, toggled, type Filters } from './filters';
import { onWords } from './onWords';

/** Chips shown of a long group before the rest unfolds: the most frequent ones. */
const FIRST = 8;

/** The two filters that most people want, the ones that are on as chips that take themselves away, and all others behind one button. */
export function FilterPanel({ filters, facets, measured }: { filters: Filters; facets: Facets | null; measured: boolean }) {
  const words = messages.value;
  const community = openCommunity();
  const { vocabulary, time_zone, counts } = community;
  const [open, setOpen] = useState(false);
  const areas = useLoad(() => (counts.neighbourhoods > 0 && (open || filters.neighbourhood.length > 0) ? api.neighbourhoods(community.id) : Promise.resolve(null)),
    [community.id, open, filters.neighbourhood.length > 0]).value?.features ?? [];
  const change = (part: Partial<Filters>) => setQuery(queryOf({ ...filters, ...part }));
  const number = formats.value.number;
  const counted = (label: string, n: number | null | undefined) => (facets ? words.find.facets.count(label, number(n ?? 0)) : label);
  const labels = {
    type: (id: string) => inLanguage(vocabulary.categories.find((one) => one.id === id)?.labels, id.replaceAll('_', ' ')),
    form: (id: string) => inLanguage(vocabulary.forms.find((one) => one.id === id)?.labels, id.replaceAll('_', ' ')),
    area: (id: string) => areas.find((one) => one.id === id)?.properties.name ?? words.find.facets.area,
  };
  const active = onWords(measured ? filters : { ...filters, within: null }, labels, words, formats.value);
  const used = (facet: Record<string, number> | undefined, on: readonly string[]): string[] =>
    [...new Set([...on, ...Object.entries(facet ?? {}).sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([id]) => id)])];
  return (
    <div class="stack-small">
      <div class="chips">
        <Chip on={filters.free} toggle={() => change({ free: !filters.free })}>{counted(words.find.free, facets?.price['free'])}</Chip>
        {time_zone && <Chip on={filters.open === 'now'} toggle={() => change({ open: filters.open === 'now' ? '' : 'now' })}>{filters.open === '' || filters.open === 'now' ? counted(words.find.facets.openNow, facets?.open['open']) : words.find.facets.openNow}</Chip>}
        <button type="button" class="button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? words.find.fewer : words.find.facets.more}</button>
      </div>
      {open && (
        <div class="filter-groups">
          {measured && (
            <Group title={words.find.facets.howFar}>
              {DISTANCES.map((metres) => (
                <Chip key={metres} on={filters.within === metres} toggle={() => change({ within: filters.within === metres ? null : metres })}>{words.find.facets.within(formats.value.distance(metres))}</Chip>
              ))}
            </Group>
          )}
          <Group title={words.find.facets.form}>
            {used(facets?.form, filters.form).map((id) => (
              <Chip key={id} on={filters.form.includes(id)} toggle={() => change({ form: toggled(filters.form, id) })}>{counted(labels.form(id), facets?.form[id])}</Chip>
            ))}
          </Group>
          <Group title={words.find.kinds}>
            {used(facets?.category, filters.type).map((id) => (
              <Chip key={id} on={filters.type.includes(id)} toggle={() => change({ type: toggled(filters.type, id) })}>{counted(labels.type(id), facets?.category[id])}</Chip>
            ))}
          </Group>
          <Group title={words.find.gives}>
            {SUPPORT_TYPES.map((type) => (
              <Chip key={type} on={filters.support.includes(type)} toggle={() => change({ support: toggled(filters.support, type) })}>
                {counted(words.supportType[type], facets?.support[type])}
              </Chip>
            ))}
          </Group>
          <fieldset>
            <legend>{words.find.facets.when}</legend>
            {time_zone ? (
              <div class="field">
                <label for="find-open-at">{words.find.facets.openAtTime}</label>
                <input id="find-open-at" type="datetime-local" value={filters.open === 'now' ? '' : filters.open} min={localTime(new Date(), time_zone).slice(0, 11).concat('00:00')}
                  onChange={(event) => change({ open: event.currentTarget.value.slice(0, 16) })} />
                {staysOpen(filters) && (
                  <div class="chips">
                    {HOURS.map((hours) => (
                      <Chip key={hours} on={filters.hours === hours} toggle={() => change({ hours: filters.hours === hours ? null : hours })}>{words.find.facets.forHours(hours, number(hours))}</Chip>
                    ))}
                  </div>
                )}
              </div>
            ) : <p class="small">{words.find.facets.noZone}</p>}
          </fieldset>
          <Group title={words.find.facets.language}>
            {used(facets?.language, filters.language).map((tag) => (
              <Chip key={tag} on={filters.language.includes(tag)} toggle={() => change({ language: toggled(filters.language, tag) })}>
                {counted(formats.value.languageName(tag), facets?.language[tag])}
              </Chip>
            ))}
          </Group>
          <Group title={words.find.facets.access}>
            <Chip on={filters.accessible} toggle={() => change({ accessible: !filters.accessible })}>{counted(words.find.facets.stepFree, facets && (facets.wheelchair['yes'] ?? 0) + (facets.wheelchair['limited'] ?? 0))}</Chip>
          </Group>
          <Group title={words.find.facets.area}>
            {areas.map(({ id, properties }) => (
              <Chip key={id} on={filters.neighbourhood.includes(id)} toggle={() => change({ neighbourhood: toggled(filters.neighbourhood, id) })}>{counted(properties.name, facets?.neighbourhood[id])}</Chip>
            ))}
          </Group>
          <Group title={words.find.facets.status}>
            {STATUSES.map((status) => (
              <Chip key={status} on={filters.status.includes(status)} toggle={() => change({ status: toggled(filters.status, status) })}>{counted(words.find.statuses[status], facets?.status[status])}</Chip>
            ))}
          </Group>
        </div>
      )}
      {isFiltered(filters) && (
        <>
          {active.length > 0 && (
            <ul class="plain-list chips" aria-label={words.find.facets.on}>
              {active.map(({ label, without }) => (
                <li key={label}>
                  <button type="button" class="chip chip-remove" aria-label={words.find.facets.remove(label)} onClick={() => change(without)}>{label}<span aria-hidden="true">×</span></button>
                </li>
              ))}
            </ul>
          )}
          <button type="button" class="button-quiet" onClick={() => change(NO_FILTERS)}>{words.find.clear}</button>
        </>
      )}
    </div>
  );
}

/** A group of chips; nothing where there is nothing to choose. */
function Group({ title, children }: { title: string; children: ComponentChildren[] | ComponentChildren }) {
  const [all, setAll] = useState(false);
  const chips = Array.isArray(children) ? children : [children];
  if (chips.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      <div class="chips">
        {all ? chips : chips.slice(0, FIRST)}
        {!all && chips.length > FIRST && (
          <button type="button" class="button-quiet" onClick={() => setAll(true)}>{messages.value.find.more(formats.value.number(chips.length - FIRST))}</button>
        )}
      </div>
    </fieldset>
  );
}
