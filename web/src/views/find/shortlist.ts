/** The short list: ids of supports on this device, community by community. Nobody else learns of it. No PIN locks it, and the PIN says so. */
import { signal } from '@preact/signals';
import type { Support } from '../../api/types';

const KEY = 'stead.shortlist.';
const COPY = 'stead.shortlist-copy.';
/** As many as fit on a sheet of paper and into a code that a phone can read. */
export const MOST = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function stored<T>(key: string, fits: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return fits(value) ? value : null;
  } catch {
    return null; // storage is blocked, or somebody else wrote there
  }
}

function store(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // storage is blocked or full
  }
}

const isIds = (value: unknown): value is string[] => Array.isArray(value) && value.every((id) => typeof id === 'string' && UUID.test(id));

const lists = signal<Record<string, string[]>>({});

export function shortlist(community: string): string[] {
  return lists.value[community] ?? stored(KEY + community, isIds) ?? [];
}

export const isFull = (community: string): boolean => shortlist(community).length >= MOST;
export const isKept = (community: string, id: string): boolean => shortlist(community).includes(id);

/** Puts supports on the list or takes one off; more than the list holds stay away. */
export function keep(community: string, ids: string | readonly string[], on: boolean): void {
  const asked = typeof ids === 'string' ? [ids] : ids;
  const others = shortlist(community).filter((id) => on || !asked.includes(id));
  const next = on ? [...new Set([...others, ...asked])].slice(0, MOST) : others;
  lists.value = { ...lists.value, [community]: next };
  store(KEY + community, next.length > 0 ? next : null);
}

/** The list travels behind the `#`, which browsers send to no server. */
export const fragmentOf = (ids: readonly string[]): string => `#ids=${ids.map((id) => id.replaceAll('-', '')).join('.')}`;

export function idsInFragment(hash: string): string[] {
  const text = /^#ids=([0-9a-f.]+)$/i.exec(hash)?.[1] ?? '';
  const ids = text.split('.').map((id) => id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')).filter((id) => UUID.test(id));
  return [...new Set(ids)].slice(0, MOST);
}

export interface Copy {
  at: string;
  supports: Support[];
}

const isCopy = (value: unknown): value is Copy =>
  typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string' && 'supports' in value && Array.isArray(value.supports);

export const copyOf = (community: string): Copy | null => stored(COPY + community, isCopy);
export const keepCopy = (community: string, copy: Copy | null): boolean => store(COPY + community, copy);
export const sizeOf = (supports: readonly Support[]): number => new TextEncoder().encode(JSON.stringify(supports)).length;
