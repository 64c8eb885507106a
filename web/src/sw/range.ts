/** Parts of a kept file. The browser's cache holds whole answers only; maps ask for parts. Pure. */

/** First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n` within a file of `size` bytes; null for what cannot be answered. */
export function rangeOf(header: string, size: number): readonly [first: number, last: number] | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (from === '' && to === '') return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last && first < size ? [first, last] : null;
}
