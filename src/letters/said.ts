import type { Said } from '../model/letter.ts';

/** The language of screens and reports: whatever language a letter has, whoever writes it reads the same names. */
export const SCREEN = 'en';

/** The words in this language; of a letter without English, screens show the first language it has. */
export const saidIn = (said: Said, language: string): string =>
  typeof said === 'string' ? said : (said[language] ?? Object.values(said)[0] ?? '');
