import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { inLanguage, messages } from '../../i18n';

export function kindOf({ properties: { category, form } }: Support): string {
  const { categories, forms } = openCommunity().vocabulary;
  const labels = categories.find(({ id }) => id === category)?.labels ?? forms.find(({ id }) => id === category)?.labels;
  return inLanguage(labels, category.replaceAll('_', ' ') || form);
}

export const nameOf = (support: Support): string => support.properties.name ?? messages.value.find.unnamed(kindOf(support));
