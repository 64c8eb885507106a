import { hex } from './hex';

/** 128 random bits; `randomUUID` is missing where the page is not served over https. */
export const newKey = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));
