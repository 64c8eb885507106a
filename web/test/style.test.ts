import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { CHOOSABLE, SOURCES } from '../src/map/overlayLayers';
import { BASEMAP, FONT } from '../src/map/basemapLayers';
import { LIGHT } from '../src/map/palette';
import { pictogramFor } from '../src/map/pictograms';
import { styleFor } from '../src/map/style';
import { colourOf, lookOf, type DrawnClass } from '../src/lib/drawing/looks';
import { CLASSES } from '../src/views/picture/sorting';
import { CLEARLY_DIFFERENT, distance, JUST_DIFFERENT, labOf, SIGHTS, type Lab } from './sight';

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
    expect(JSON.stringify(plain.layers.find(({ id }) => id === 'hotspot-mark'))).toContain('mark-');
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

describe('the classes of the picture', () => {
  const schemes = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8').split('@media');
  const token = (scheme: number, name: string): string => {
    const found = [schemes[scheme], schemes[0]].flatMap((css) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css ?? '')?.[1] ?? [])[0];
    if (!found) throw new Error(`--${name} is no token`);
    return found;
  };

  describe.each([['light', 0], ['dark', 1]] as const)('in the %s scheme', (_name, scheme) => {
    it.each(Object.keys(SIGHTS))('are told apart on sight: %s', (sight) => {
      const seen = (name: DrawnClass): Lab => labOf(token(scheme, lookOf(name).fill), SIGHTS[sight as keyof typeof SIGHTS]);
      const alike = CLASSES.flatMap((one, i) => CLASSES.slice(i + 1).flatMap((other) => {
        const [a, b] = [lookOf(one), lookOf(other)];
        const sameDrawing = a.mark === b.mark && a.stripe === b.stripe && a.sure === b.sure;
        return sameDrawing && distance(seen(one), seen(other)) < CLEARLY_DIFFERENT ? [`${one} and ${other}`] : [];
      }));
      expect(alike).toEqual([]);
      // Beside each other on one side of the scale, colour alone still says which is which; and so it does across, but on grey paper.
      const near = [['none', 'hot90'], ['hot90', 'hot95'], ['hot95', 'hot99'], ['none', 'cold90'], ['cold90', 'cold95'], ['cold95', 'cold99']] as const;
      for (const [one, other] of near) expect(distance(seen(one), seen(other)), `${one} and ${other}`).toBeGreaterThan(JUST_DIFFERENT);
      if (sight === 'in grey') return;
      for (const [hot, cold] of [['hot95', 'cold95'], ['hot99', 'cold99']] as const) expect(distance(seen(hot), seen(cold)), `${hot} and ${cold}`).toBeGreaterThan(CLEARLY_DIFFERENT);
    });

    it('show more and fewer by their marks and not by colour alone, and the sides get stronger outwards', () => {
      const opposite = [['hot99', 'cold99'], ['hot95', 'cold95'], ['hot90', 'cold90']] as const;
      for (const [hot, cold] of opposite) {
        expect(lookOf(hot).mark).toMatch(/^plus/);
        expect(lookOf(cold).mark).toMatch(/^minus/);
      }
      expect(lookOf('hot90').stripe).not.toBe(lookOf('cold90').stripe);
      const lightness = (name: DrawnClass): number => labOf(token(scheme, lookOf(name).fill), SIGHTS['in grey'])[0];
      const inOrder = scheme === 0 ? (a: number, b: number) => a > b : (a: number, b: number) => a < b;
      for (const side of [['none', 'hot90', 'hot95', 'hot99'], ['none', 'cold90', 'cold95', 'cold99']] as const) {
        side.slice(1).forEach((name, i) => expect(inOrder(lightness(side[i] ?? 'none'), lightness(name)), `${side[i]} to ${name}`).toBe(true));
      }
    });

    it('keep the steps of a value in order without colour', () => {
      const palette = { ...LIGHT, none: token(scheme, 'none'), pine: token(scheme, 'pine') };
      const steps = ([0, 1, 2, 3, 4] as const).map((step) => labOf(colourOf(`step-${step}`, palette), SIGHTS['in grey'])[0]);
      steps.slice(1).forEach((lightness, i) => expect(Math.abs(lightness - (steps[i] ?? 0))).toBeGreaterThan(6));
      expect(Math.sign((steps[1] ?? 0) - (steps[0] ?? 0))).toBe(Math.sign((steps[4] ?? 0) - (steps[3] ?? 0)));
    });
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
