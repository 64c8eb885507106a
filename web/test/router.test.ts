import { describe, expect, it } from 'vitest';
import { addressOf, parseRoute, withQuery } from '../src/app/router';

describe('addresses', () => {
  it('names the community, the room and the screen', () => {
    const route = parseRoute('/kaldavere/share/add/where', '?lang=et');
    expect(route).toMatchObject({ community: 'kaldavere', room: 'share', screen: ['add', 'where'] });
    expect(route.query.get('lang')).toBe('et');
  });

  it('leaves the room open where there is none, or none that is known', () => {
    expect(parseRoute('/', '')).toMatchObject({ community: null, room: null, screen: [] });
    expect(parseRoute('/kaldavere/', '')).toMatchObject({ community: 'kaldavere', room: null });
    expect(parseRoute('/kaldavere/admin/x', '')).toMatchObject({ room: null, screen: [] });
  });

  it('survives a broken escape', () => {
    expect(parseRoute('/%E0%A4/find', '').room).toBe('find');
  });

  it('take filters in beside those that they have, and no empty ones', () => {
    expect(withQuery('/a/picture/report?lang=nb', { release: 'r1', from: null })).toBe('/a/picture/report?lang=nb&release=r1');
    expect(withQuery('/a/picture?release=old&sort=q', { release: 'r1' })).toBe('/a/picture?release=r1&sort=q');
    expect(withQuery('/a/picture', { release: null })).toBe('/a/picture');
  });

  it('keeps the language in the address, and nothing else', () => {
    const route = parseRoute('/kaldavere/find', '?lang=nb&q=garden');
    expect(addressOf(route, 'kaldavere', 'share', 'join')).toBe('/kaldavere/share/join?lang=nb');
    expect(addressOf(parseRoute('/a/find', ''), 'sør by', 'about')).toBe('/s%C3%B8r%20by/about');
  });
});
