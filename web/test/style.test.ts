import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { CHOOSABLE, SOURCES } from '../src/map/overlayLayers';
import { BASEMAP, FONT } from '../src/map/basemapLayers';
import { LIGHT } from '../src/map/palette';
import { pictogramFor } from '../src/map/pictograms';
import { styleFor } from '../src/map/style';

const withBasemap = styleFor(LIGHT, 'https://stead.example/basemap.pmtiles');
const plain = styleFor(LIGHT, null);

describe('the map style', () => {
  it('asks no other host for anything, and needs no glyph server', () => {
    expect(withBasemap.glyphs).toBeUndefined();
    expect(withBasemap.sprite).toBeUndefined();
    expect(JSON.stringify(plain)).not.toMatch(/https?:/);
    expect(withBasemap.sources[BASEMAP]).toEqual({ type: 'vector', url: 'pmtiles://https://stead.example/basemap.pmtiles' });
  });

  it('draws every layer from a source that is there, under a name of its own', () => {
    for (const style of [withBasemap, plain]) {
      const ids = style.layers.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const layer of style.layers) if ('source' in layer) expect(Object.keys(style.sources)).toContain(layer.source);
      for (const id of CHOOSABLE) expect(ids).toContain(id);
    }
  });

  it('writes all names in the font that is shipped', () => {
    const names = withBasemap.layers.filter((layer) => layer.type === 'symbol' && layer.layout?.['text-field']);
    expect(names.length).toBeGreaterThan(4);
    for (const layer of names) expect(layer.layout).toMatchObject({ 'text-font': [FONT] });
  });

  it('marks what is significant with 2.5 px and what is unsure with stripes', () => {
    expect(plain.layers.find(({ id }) => id === 'hotspot-outline')?.paint).toMatchObject({ 'line-width': 2.5, 'line-color': LIGHT.ink });
    expect(JSON.stringify(plain.layers.find(({ id }) => id === 'hotspot-hatch'))).toContain('not_enough');
  });

  it('puts our data above the ground', () => {
    const ids = withBasemap.layers.map(({ id }) => id);
    expect(ids.indexOf('supports')).toBeGreaterThan(ids.indexOf('place-name'));
    expect(SOURCES.every((name) => name in plain.sources)).toBe(true);
  });

  it('has the same colours as the stylesheet', () => {
    const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8').split('@media')[0] ?? '';
    for (const [role, colour] of Object.entries(LIGHT)) {
      if (typeof colour !== 'string') continue;
      const token = role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(css).toContain(`--${token}: ${colour};`);
    }
  });
});

describe('contrast', () => {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const c = parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const schemes = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8').split('@media');

  it.each([['light', 0], ['dark', 1]] as const)('is enough for text and controls in the %s scheme', (_name, index) => {
    const token = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(schemes[index] ?? '')?.[1] ?? '';
    for (const text of ['ink', 'muted', 'pine', 'copper', 'plum']) {
      for (const ground of ['paper', 'sand', 'raised']) expect(contrast(token(text), token(ground))).toBeGreaterThan(4.5);
    }
    expect(contrast(token('border'), token('paper'))).toBeGreaterThan(3);
    expect(contrast(token('on-pine'), token('pine'))).toBeGreaterThan(4.5);
  });
});

describe('pictograms', () => {
  it('are found by the words in a category, with a door for what is unknown', () => {
    expect(['library', 'community_centre', 'peer_group', 'pharmacy', 'something_new'].map(pictogramFor)).toEqual(['book', 'people', 'people', 'plus', 'door']);
  });
});

describe('the stylesheets', () => {
  it('fill what they stroke: a drawing has no background and would be black', () => {
    const folder = new URL('../src/styles/', import.meta.url);
    const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'));
    const rules = sheets.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(/[^{}]+\{[^{}]*\}/g) ?? []);
    expect(rules.length).toBeGreaterThan(300);
    const drawn = rules.filter((rule) => /[{;\s]stroke:/.test(rule) || /\.welcome-drawing \./.test(rule));
    expect(drawn.filter((rule) => /[{;\s]background(-color)?:/.test(rule))).toEqual([]);
  });
});
