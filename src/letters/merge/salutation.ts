import { wordsOf } from '../locale.ts';

/** How a letter begins for somebody whose name is known or is not. Never by sex: a list seldom knows it. */
export const salutation = (language: string, name: string): string =>
  name === '' ? wordsOf(language).unnamed : wordsOf(language).named(name);
