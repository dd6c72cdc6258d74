import type { Stamp } from './body.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import type { LetterWords } from './words/wording.ts';

const all: Readonly<Record<string, LetterWords>> = { en, de, fr, es };

/** In a language that nobody has taught, the marks are English, a day is `2026-11-20`, and the numbers of a page say it by themselves. */
const unknown: LetterWords = {
  ...en,
  day: (year, month, day) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  named: (name) => `${name},`,
  unnamed: '',
  page: ['', ' / ', ''],
};

export const wordsOf = (language: string): LetterWords => all[language] ?? unknown;

/** The stamp as a reader of the letter understands it. */
export const stampWord = (language: string, stamp: Stamp): string => wordsOf(language).stamps[stamp];
