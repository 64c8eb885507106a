/** The filters that are on, each with its words and with what is left when it goes. Pure. */
import type { Formats } from '../../i18n/formats';
import type { Messages } from '../../i18n/en';
import { staysOpen, toggled, type Filters } from './filters';

export interface OnFilter {
  label: string;
  without: Partial<Filters>;
}

interface Labels {
  type: (id: string) => string;
  form: (id: string) => string;
  area: (id: string) => string;
}

export function onWords(filters: Filters, labels: Labels, words: Messages, formats: Formats): OnFilter[] {
  const { facets } = words.find;
  const { type, form, support, free, open, hours, language, accessible, neighbourhood, status, within, q } = filters;
  return [
    ...(q ? [{ label: `“${q}”`, without: { q: '' } }] : []),
    ...(within === null ? [] : [{ label: facets.within(formats.distance(within)), without: { within: null } }]),
    ...form.map((id) => ({ label: labels.form(id), without: { form: toggled(form, id) } })),
    ...type.map((id) => ({ label: labels.type(id), without: { type: toggled(type, id) } })),
    ...support.map((id) => ({ label: words.supportType[id], without: { support: toggled(support, id) } })),
    ...(free ? [{ label: words.find.free, without: { free: false } }] : []),
    ...(open === 'now' ? [{ label: facets.openNow, without: { open: '' } }] : []),
    ...(open && open !== 'now'
      ? [{ label: facets.openAt(`${formats.weekday(open.slice(0, 10))} ${formats.date(open.slice(0, 10))} ${open.slice(11)}`), without: { open: '' } }]
      : []),
    ...(hours !== null && staysOpen(filters) ? [{ label: facets.forHours(hours, formats.number(hours)), without: { hours: null } }] : []),
    ...language.map((tag) => ({ label: formats.languageName(tag), without: { language: toggled(language, tag) } })),
    ...(accessible ? [{ label: facets.stepFree, without: { accessible: false } }] : []),
    ...neighbourhood.map((id) => ({ label: labels.area(id), without: { neighbourhood: toggled(neighbourhood, id) } })),
    ...status.map((id) => ({ label: words.find.statuses[id], without: { status: toggled(status, id) } })),
  ];
}
