/** The words of identifiers: those of the vocabulary in the reader's language, people's own as they wrote them. */
import { mine } from '../../../i18n/mine';

type Group = 'activity' | 'companion' | 'barrier';

export function wordOf(group: Group, id: string): string {
  const words: Record<string, string> = mine.words[group];
  return words[id] ?? id.replaceAll('_', ' ');
}

/** How the server wants identifiers: lower-case, without spaces. Letters with marks lose them; what is left of nothing is nothing. */
export function identifierOf(typed: string): string | null {
  const plain = typed.trim().toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'ae').normalize('NFD').replace(/[^a-z0-9]+/g, (gap) => (/\s|[-_,.]/.test(gap) ? '_' : ''));
  return plain.replace(/^_+|_+$/g, '').slice(0, 40) || null;
}
