import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every feeling of the vocabulary has a drawing of its own', () => {
  const { terms } = JSON.parse(readFileSync(new URL('../../data/vocabulary/feelings.json', import.meta.url), 'utf8')) as { terms: { id: string }[] };
  expect(terms).toHaveLength(28);
  expect(terms.filter(({ id }) => !existsSync(new URL(`../src/feelings/${id}.svg`, import.meta.url)))).toEqual([]);
});
