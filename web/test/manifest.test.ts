import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, MANIFESTS } from '../src/i18n';
import { planFor } from '../src/sw/plan';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../public${path}`, import.meta.url), 'utf8')) as Record<string, unknown>;
const all = LANGUAGES.map((language) => [language, MANIFESTS[language], read(MANIFESTS[language])] as const);

describe('what a phone is told about the app', () => {
  it.each(all)('is said in the language that was chosen: %s', (language, _path, { lang, name, description }) => {
    expect(lang).toBe(language);
    for (const words of [name, description]) expect(String(words).trim()).not.toBe('');
    const others = all.filter(([other]) => other !== language).map(([, , manifest]) => manifest);
    for (const other of others) expect([other['name'], other['description']]).not.toEqual(expect.arrayContaining([name]));
    for (const other of others) expect(other['description']).not.toBe(description);
  });

  it('is the same app in every language', () => {
    const rest = all.map(([, , { lang: _lang, name: _name, description: _description, ...same }]) => same);
    expect(new Set(rest.map((same) => JSON.stringify(same))).size).toBe(1);
    expect(rest[0]).toMatchObject({ id: '/', start_url: '/', scope: '/', short_name: 'Stead', display: 'standalone' });
  });

  it.each(all)('is kept on the device: %s', (_language, path) => {
    expect(planFor({ method: 'GET', mode: 'cors' }, new URL(path, 'https://map.example'), 'https://map.example')).toBe('file');
    const worker = readFileSync(new URL('../dist/sw.js', import.meta.url), 'utf8');
    expect(worker).toContain(path);
  });
});
