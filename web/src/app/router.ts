/** Addresses: /{community}/{room}/{screen…}?filters. Nothing personal is ever part of one. */
import { signal } from '@preact/signals';

export const ROOMS = ['share', 'find', 'picture', 'about'] as const;
/** Rooms that the header does not show: whoever belongs there has the address. */
const BACK_ROOMS = ['staff'] as const;
export type Room = (typeof ROOMS)[number] | (typeof BACK_ROOMS)[number];

/**
 * The screens of every room; the first is the room itself, and is shown for a name that there is not. A screen that is not
 * named here cannot be opened, and one that is must stand in tests/pages/pages.json, so that no page misses its checks.
 */
export const SCREENS = {
  share: ['', 'join', 'return', 'withdrawn', 'code', 'add', 'choices', 'phone', 'photos', 'diary', 'network', 'collage'],
  find: ['', 'list'],
  picture: ['', 'heat', 'compare', 'access', 'rhythm', 'stories', 'report'],
  about: [''],
  staff: ['', 'directory', 'invitations', 'stories', 'snapshots', 'study', 'log'],
} as const satisfies Record<Room, readonly ['', ...string[]]>;

export interface Route {
  community: string | null;
  room: Room | null;
  screen: string[];
  query: URLSearchParams;
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a broken escape is just an unknown name
  }
};

export function parseRoute(pathname: string, search: string): Route {
  const [community = null, room, ...screen] = pathname.split('/').filter(Boolean).map(decode);
  const known = [...ROOMS, ...BACK_ROOMS].find((name) => name === room) ?? null;
  return { community, room: known, screen: known ? screen : [], query: new URLSearchParams(search) };
}

/** The address of a screen. The language stays in the address if it was there. */
export function addressOf(current: Route, community: string, room: Room, ...screen: string[]): string {
  const path = `/${[community, room, ...screen].map(encodeURIComponent).join('/')}`;
  const spoken = current.query.get('lang');
  return spoken ? `${path}?lang=${encodeURIComponent(spoken)}` : path;
}

/** An address with filters written into it beside those it has; one without a value is left out. */
export function withQuery(address: string, filters: Readonly<Record<string, string | null>>): string {
  const [path = '', had = ''] = address.split('?');
  const query = new URLSearchParams(had);
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  const text = String(query);
  return text ? `${path}?${text}` : path;
}

export const route = signal<Route>(parseRoute('/', ''));

/** Which screen of this room the address asks for. */
export function screenOf<R extends Room>(room: R): (typeof SCREENS)[R][number] {
  const all: readonly (typeof SCREENS)[R][number][] = SCREENS[room];
  return all.find((name) => name === route.value.screen[0]) ?? SCREENS[room][0];
}

/** How often the person has moved inside the app; the first view does not take the focus. */
let moves = 0;
export const hasMoved = (): boolean => moves > 0;

function read(): void {
  route.value = parseRoute(location.pathname, location.search);
}

export function navigate(address: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  moves += 1;
  read();
  if (!replace) window.scrollTo(0, 0);
}

/** The address of a screen of the community that is open now. */
export function here(room: Room, ...screen: string[]): string {
  return addressOf(route.value, route.value.community ?? '', room, ...screen);
}

/** Changes filters in place: no new step in the history, no moved focus. */
export function setQuery(changes: Record<string, string | null>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
  read();
}

export function startRouter(): void {
  read();
  addEventListener('popstate', () => {
    moves += 1;
    read();
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
