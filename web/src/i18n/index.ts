/** Which language the page speaks, and how it writes numbers, dates and distances. */
import { computed, signal } from '@preact/signals';
import { en, type Messages } from './en';
import { formatsFor } from './formats';

export const LANGUAGES = ['en', 'et', 'nb'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How each language calls itself; needed before that language is loaded. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', et: 'Eesti', nb: 'Norsk' };

/** What a phone is told when somebody puts Stead on its home screen. The English one has the address that phones know from before. */
export const MANIFESTS: Record<Language, string> = { en: '/manifest.webmanifest', et: '/manifest.et.webmanifest', nb: '/manifest.nb.webmanifest' };

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

/** Words of one part of the app, fetched with it, in the language that is spoken and in every one that is chosen later. */
export interface Area<Words> {
  /** Before anything of that part is drawn. */
  open(): Promise<void>;
  readonly words: Words;
}

const opened = new Set<(wanted: Language) => Promise<() => void>>();

export function area<Words>(from: Record<Language, () => Promise<Words>>): Area<Words> {
  const spoken = signal<Words | null>(null);
  const fetched = async (wanted: Language) => {
    const words = await from[wanted]();
    return () => void (spoken.value = words);
  };
  return {
    open: async () => {
      if (spoken.value) return;
      (await fetched(language.value))();
      opened.add(fetched);
    },
    get words() {
      if (!spoken.value) throw new Error('A part of the app was drawn before its words were fetched.');
      return spoken.value;
    },
  };
}

export async function speak(wanted: Language): Promise<void> {
  const [words, ...areas] = await Promise.all([loaders[wanted](), ...[...opened].map((fetched) => fetched(wanted))]);
  areas.forEach((show) => show());
  messages.value = words;
  language.value = wanted;
  document.documentElement.lang = wanted;
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', MANIFESTS[wanted]);
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
