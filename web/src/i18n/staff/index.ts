import { computed } from '@preact/signals';
import { language, type Language } from '..';
import { en, type StaffMessages } from './en';
import { et } from './et';
import { nb } from './nb';

const all: Record<Language, StaffMessages> = { en, et, nb };

export const staffMessages = computed(() => all[language.value]);
