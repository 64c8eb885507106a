/** How a person arranges their places, and the photos of each, on a page. Pure. */

export interface Arrangement {
  title: string;
  /** The places in their order, and the photos in theirs; new ones stand at the end. */
  order: string[];
  hidden: string[];
  large: string[];
}

export const EMPTY: Arrangement = { title: '', order: [], hidden: [], large: [] };

/** What is there, in the person's order. What is gone is left out, what is new comes last. */
export function arranged(ids: readonly string[], { order }: Pick<Arrangement, 'order'>): string[] {
  const known = order.filter((id) => ids.includes(id));
  return [...known, ...ids.filter((id) => !known.includes(id))];
}

/** One step earlier (-1) or later (1) among these; all others stay as they are. */
export function moved(ids: readonly string[], arrangement: Arrangement, id: string, by: -1 | 1): Arrangement {
  const order = arranged(ids, arrangement);
  const at = order.indexOf(id);
  const to = at + by;
  const other = order[to];
  if (at < 0 || other === undefined) return arrangement;
  order[to] = id;
  order[at] = other;
  return { ...arrangement, order: [...arrangement.order.filter((one) => !ids.includes(one)), ...order] };
}

/** What was arranged before it was sent stays as it was under the name that the server gave it. */
export function settledIn(arrangement: Arrangement, names: ReadonlyMap<string, string>): Arrangement {
  const now = (ids: readonly string[]): string[] => ids.map((id) => names.get(id) ?? id);
  return { ...arrangement, order: now(arrangement.order), hidden: now(arrangement.hidden), large: now(arrangement.large) };
}
