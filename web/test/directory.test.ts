import { describe, expect, it } from 'vitest';
import type { Support, SupportProperties } from '../src/api/types';
import { en } from '../src/i18n/en';
import { en as own } from '../src/i18n/directory/en';
import { formatsFor } from '../src/i18n/formats';
import { changedFields, fieldsOf, takenOver } from '../src/views/directory/changes';
import { bodyOf, draftOf, EMPTY, fieldOf, fieldsIn, onNewer } from '../src/views/directory/draft';
import { listingOf, listingQuery } from '../src/views/directory/listing';
import { valueInWords } from '../src/views/directory/valueWords';

const support = (said: Partial<SupportProperties> = {}, at: [number, number] | null = [26.72, 58.38]): Support => ({
  type: 'Feature', id: '0199a5f0-0000-7000-8000-000000000001', geometry: at && { type: 'Point', coordinates: [...at] },
  properties: {
    category: 'library', channel: 'place', closeness: [], confidential: false, form: 'library', languages: [], price: 'unknown', referral: 'unknown', schedules: [], source: 'osm',
    source_id: 'node/1', status: 'active', support_types: [], terms: [], updated_at: '2026-01-01T00:00:00Z', version: 3, ...said,
  },
});
const known = support({
  name: 'Õnne raamatukogu', lived_experience: false, price: 'low', price_amount: { amount: '2.50', currency: 'EUR' }, languages: ['et', 'so'], closeness: ['skills'],
  schedules: [{ byday: ['TU'], interval: 2, opens_at: '17:00', closes_at: '19:00' }], terms: [{ taxonomy: 't', id: '1', name: 'Books' }], category: 'repair_cafe',
  opening_hours: 'Mo-Fr 10:00-18:00', support_types: ['emotional'], wheelchair: 'limited', since: '2019-05', capacity: 40, address: 'Kooli 3',
});

describe('the form of a support', () => {
  it('sends back what it was given, schedules and terms too', () => {
    const { geometry, properties } = bodyOf(draftOf(known));
    expect(geometry).toEqual({ type: 'Point', coordinates: [26.72, 58.38] });
    for (const [field, value] of Object.entries(properties)) expect(known.properties[field as keyof SupportProperties] ?? null, field).toEqual(value);
    expect(Object.keys(properties).length).toBe(29);
  });

  it('says nothing where nothing was typed', () => {
    const { geometry, properties } = bodyOf({ ...EMPTY, name: '  ', phone: ' 5 ' });
    expect(geometry).toBeNull();
    expect(properties).toMatchObject({ name: null, phone: '5', price: 'unknown', price_amount: null, lived_experience: null, wheelchair: null, category: '' });
  });

  it('keeps neither position nor address of what is confidential, and no position of what is online', () => {
    const hidden = bodyOf({ ...draftOf(known), confidential: true });
    expect([hidden.geometry, hidden.properties.address]).toEqual([null, null]);
    const online = bodyOf({ ...draftOf(known), channel: 'online' });
    expect([online.geometry, online.properties.address]).toEqual([null, 'Kooli 3']);
  });

  it('understands a decimal comma, and forgets the last day of what goes on', () => {
    expect(bodyOf({ ...EMPTY, amount: '2,5', currency: 'nok' }).properties.price_amount).toEqual({ amount: '2.5', currency: 'NOK' });
    expect(['', '4 0', '2,5', 'many'].map((capacity) => bodyOf({ ...EMPTY, capacity }).properties.capacity)).toEqual([null, 40, 2.5, -1]);
    expect(bodyOf({ ...EMPTY, closing_on: '2026-12-31' }).properties.closing_on).toBeNull();
    expect(bodyOf({ ...EMPTY, status: 'closing', closing_on: '2026-12-31' }).properties.closing_on).toBe('2026-12-31');
  });

  it('knows the field that a problem names', () => {
    expect(['properties.languages[0]', 'geometry.coordinates[1]', 'properties.price_amount.amount', 'on', 'If-Match', ''].map(fieldOf))
      .toEqual(['languages', 'geometry', 'price_amount', 'on', '', '']);
  });

  it('knows which errors a change puts right', () => {
    expect(fieldsIn({ point: null, amount: '1', name: 'A', channel: 'online' })).toEqual(['geometry', 'price_amount', 'name', 'channel', 'geometry']);
  });

  it('puts what was typed into a newer version, and leaves the rest of it', () => {
    const opened = draftOf(known);
    const newer = draftOf(support({ ...known.properties, phone: '5555', name: 'Theirs' }));
    const mine = { ...opened, name: 'Mine', languages: ['et'] };
    expect(onNewer(mine, opened, newer)).toEqual({ ...newer, name: 'Mine', languages: ['et'] });
    expect(onNewer(opened, opened, newer)).toEqual(newer);
  });
});

describe('the history', () => {
  it('names what changed, in the order of the form', () => {
    const before = { name: 'A', phone: null, price: 'unknown', source: 'osm', lived_experience: null, location: [1, 2] };
    const after = { name: 'B', phone: '5', price: 'free', source: 'other', lived_experience: false, location: [1, 2], missing_since: '2026-01-01T00:00:00Z' };
    expect(changedFields(before, after)).toEqual([
      { field: 'name', from: 'A', to: 'B' }, { field: 'lived_experience', from: null, to: false }, { field: 'price', from: null, to: 'free' },
      { field: 'phone', from: null, to: '5' }, { field: 'missing_since', from: null, to: '2026-01-01T00:00:00Z' },
    ]);
    expect(changedFields(after, after)).toEqual([]);
  });

  it('of the first state tells only what was said', () => {
    expect(changedFields(null, { name: 'A', confidential: false, closeness: [], referral: 'unknown', status: 'active' }).map(({ field }) => field)).toEqual(['name', 'status']);
  });

  it('says values in words', () => {
    const words = (field: string, value: unknown) => valueInWords(field, value, { words: en, own, formats: formatsFor('en'), vocabulary: { categories: [], forms: [], feelings: [], chime: [], barriers: [] } as never });
    expect(words('price', 'unknown')).toBe('Not known');
    expect(words('price_amount', { amount: '2.50', currency: 'EUR' })).toBe('€2.50');
    expect(words('lived_experience', false)).toBe('No');
    expect(words('status', 'closing')).toBe('Closing soon');
    expect(words('closing_on', '2026-12-31')).toBe('31 December 2026');
    expect(words('languages', ['et', 'nb'])).toBe('Estonian and Norwegian Bokmål');
    expect(words('location', [26.72, 58.38])).toBe('58.38; 26.72');
    expect(words('category', 'repair_cafe')).toBe('repair cafe');
    expect(words('schedules', known.properties.schedules)).toBe('Every 2 weeks: Tue, 17:00–19:00');
    expect(words('phone', null)).toBe('nothing');
  });
});

describe('a merger', () => {
  it('takes over what the one that stays does not know', () => {
    const stays = support({ name: 'B', lived_experience: true, price: 'free', address: 'Aia 1' }, null);
    expect(takenOver(stays, known)).toEqual(['support_types', 'closeness', 'price_amount', 'capacity', 'languages', 'wheelchair', 'location', 'opening_hours', 'schedules', 'since', 'terms']);
    expect(takenOver(known, known)).toEqual([]);
    expect(fieldsOf(known)['version']).toBeUndefined();
  });
});

describe('the list', () => {
  it('asks for what people do not find, too', () => {
    expect(listingOf(new URLSearchParams('show=nothing&q=aed'))).toEqual({ show: 'listed', q: 'aed' });
    expect(listingQuery({ show: 'listed', q: '' }, null)).toEqual({ limit: 50 });
    expect(listingQuery({ show: 'missing', q: ' aed ' }, 'next')).toMatchObject({ missing: 'only', q: 'aed', cursor: 'next' });
    expect(listingQuery({ show: 'all', q: '' }, null).status).toHaveLength(4);
  });
});
