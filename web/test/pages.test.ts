/** The list of pages that every check of all pages walks through (tests/pages/pages.json) is that of the app. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCREENS } from '../src/app/router';
import { KINDS } from '../src/views/compare/CompareView';
import { TABS } from '../src/views/directory/SupportPages';
import { stepsFor } from '../src/views/share/add/steps';

const list = JSON.parse(readFileSync(new URL('../../tests/pages/pages.json', import.meta.url), 'utf8')) as Record<string, string[]>;
const checked = new Set(Object.values(list).flat());

/** An address without what it is asked to show, and the screen that it opens. */
const screenOf = (address: string): string => address.replace(/\?.*/, '').split('/').slice(0, 2).join('/');

test('every screen that the app opens is on the list of pages, and nothing else is', () => {
  const screens = Object.entries(SCREENS).flatMap(([room, all]) => all.map((screen) => (screen ? `${room}/${screen}` : room)));
  expect([...new Set([...checked].map(screenOf))].sort()).toEqual(screens.sort());
});

test('every question of adding a place, every page of a support and every way to compare is on the list', () => {
  const inner = [
    ...stepsFor({ questions: [], photos: true }).map((step) => `share/add/${step}`),
    ...TABS.map(([, tab]) => (tab ? `staff/directory/{support}/${tab}` : 'staff/directory/{support}')),
    ...KINDS.slice(1).map((kind) => `picture/compare?of=${kind}`),
  ];
  expect(inner.filter((page) => !checked.has(page))).toEqual([]);
});
