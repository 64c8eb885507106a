import { computed } from '@preact/signals';
import { language, type Language } from '..';
import { en, type DirectoryMessages } from './en';
import { et } from './et';
import { nb } from './nb';

const all: Record<Language, DirectoryMessages> = { en, et, nb };

export const directoryMessages = computed(() => all[language.value]);
