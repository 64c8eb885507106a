import { computed } from '@preact/signals';
import { language, type Language } from '..';
import { en, type StudyMessages } from './en';
import { et } from './et';
import { nb } from './nb';

const all: Record<Language, StudyMessages> = { en, et, nb };

export const studyMessages = computed(() => all[language.value]);
