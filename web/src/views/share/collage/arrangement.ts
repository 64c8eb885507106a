/** How a person arranges their places on a page. Pure. */

export interface Arrangement {
  title: string;
  /** The places in their order; new ones stand at the end. */
  order: string[];
  hidden: string[];
  large: string[];
}

export const EMPTY: Arrangement = { title: '', order: [], hidden: [], large: [] };

/** What is there, in the person's order. Places that are gone are left out, new ones come last. */
export function arranged(ids: readonly string[], { order }: Arrangement): string[] {
  const known = order.filter((id) => ids.includes(id));
  return [...known, ...ids.filter((id) => !known.includes(id))];
}

/** One step earlier (-1) or later (1). */
export function moved(ids: readonly string[], arrangement: Arrangement, id: string, by: -1 | 1): Arrangement {
  const order = arranged(ids, arrangement);
  const at = order.indexOf(id);
  const to = at + by;
  const other = order[to];
  if (at < 0 || other === undefined) return arrangement;
  order[to] = id;
  order[at] = other;
  return { ...arrangement, order };
}
