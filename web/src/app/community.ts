/** The community whose rooms are open, shared by every view. */
import { signal } from '@preact/signals';
import type { Community, Offer } from '../api/types';

export const community = signal<Community | null>(null);

/** Whether this server keeps or answers it: an older one does not, and is asked for none. */
export const offers = (offer: Offer): boolean => openCommunity().offers?.includes(offer) ?? false;

export function openCommunity(): Community {
  if (!community.value) throw new Error('A room was drawn before its community was loaded.');
  return community.value;
}
