import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const page = new URL('index.html', dist);

/** What a phone fetches before anything can be read; the map is not part of it. */
const JS_KB = 45;
const CSS_KB = 12;
/** What comes when somebody opens a map: the drawing, its worker and its styles. */
const MAP_KB = 470;

const kilobytes = (paths: Iterable<string>): number => {
  let bytes = 0;
  for (const path of paths) bytes += gzipSync(readFileSync(new URL(path.replace(/^\//, ''), dist))).length;
  return bytes / 1000;
};

/** The entry files and everything that they import at once; `import(…)` is not followed. */
function entryScripts(html: string): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(new URL(path.replace(/^\//, ''), dist), 'utf8');
    for (const [, other = ''] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(`/assets/${other}`);
  };
  for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)) visit(path);
  return found;
}

describe('the weight of what a phone fetches', () => {
  if (!existsSync(page)) throw new Error('There are no built pages to weigh: run `npm --prefix web run build` first.');
  const html = readFileSync(page, 'utf8');

  it(`is at most ${JS_KB} kB of script and ${CSS_KB} kB of style, without the map`, () => {
    const scripts = entryScripts(html);
    const styles = [...html.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, path = '']) => path);
    expect(scripts.size).toBeGreaterThan(0);
    expect([...scripts].some((path) => path.includes('engine'))).toBe(false);
    expect(kilobytes(scripts)).toBeLessThanOrEqual(JS_KB);
    expect(kilobytes(styles)).toBeLessThanOrEqual(CSS_KB);
  });

  it(`is at most ${MAP_KB} kB for the map, with its worker and styles`, () => {
    const parts = readdirSync(new URL('assets/', dist)).filter((name) => /^(engine|maplibre-gl-worker)-.*\.(js|mjs|css)$/.test(name));
    expect(parts.length).toBeGreaterThan(2);
    expect(kilobytes(parts.map((name) => `/assets/${name}`))).toBeLessThanOrEqual(MAP_KB);
  });

  it('has no inline script, no inline style and no foreign address', () => {
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|https?:/);
  });
});
