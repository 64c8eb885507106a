/** Which language the page speaks, and how it writes numbers, dates and distances. */
import { computed, signal } from '@preact/signals';
import { en, type Messages } from './en';
import { formatsFor } from './formats';

export const LANGUAGES = ['en', 'et', 'nb'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How each language calls itself; needed before that language is loaded. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', et: 'Eesti', nb: 'Norsk' };

const STORED = 'stead.language';
const loaders: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  et: async () => (await import('./et')).et,
  nb: async () => (await import('./nb')).nb,
};

export const language = signal<Language>('en');
export const messages = signal<Messages>(en);
export const formats = computed(() => formatsFor(language.value));

export const isLanguage = (tag: string | null | undefined): tag is Language => LANGUAGES.some((known) => known === tag);

/** The address decides, then the last choice on this device, then the browser. */
export function preferredLanguage(fromAddress: string | null, stored: string | null, browser: readonly string[]): Language {
  if (isLanguage(fromAddress)) return fromAddress;
  if (isLanguage(stored)) return stored;
  for (const tag of browser) {
    const primary = tag.toLowerCase().split('-')[0];
    // Browsers set to Norwegian say "no" or "nn"; our written Norwegian is bokmål.
    const known = primary === 'no' || primary === 'nn' ? 'nb' : primary;
    if (isLanguage(known)) return known;
  }
  return 'en';
}

export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage is blocked: the address and the browser still decide
  }
}

export async function speak(wanted: Language): Promise<void> {
  const words = await loaders[wanted]();
  messages.value = words;
  language.value = wanted;
  document.documentElement.lang = wanted;
}

export function rememberLanguage(wanted: Language): void {
  try {
    localStorage.setItem(STORED, wanted);
  } catch {
    // storage is blocked: the choice stays in the address
  }
}

/** A text that came from the server in several languages. */
export function inLanguage(texts: Record<string, string> | undefined, fallback = ''): string {
  return texts?.[language.value] ?? texts?.['en'] ?? Object.values(texts ?? {})[0] ?? fallback;
}
