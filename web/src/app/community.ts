/** The community whose rooms are open, shared by every view. */
import { signal } from '@preact/signals';
import type { Community } from '../api/types';

export const community = signal<Community | null>(null);

export function openCommunity(): Community {
  if (!community.value) throw new Error('A room was drawn before its community was loaded.');
  return community.value;
}
