/** What stands before, between and after the two numbers of "Page 1 of 2". */
type PageWords = readonly [before: string, between: string, after: string];

const PAGES: Readonly<Record<string, PageWords>> = {
  en: ['Page ', ' of ', ''],
  de: ['Seite ', ' von ', ''],
  fr: ['Page ', ' sur ', ''],
  es: ['Página ', ' de ', ''],
};

/** In another language the numbers say it by themselves. */
export const pageWords = (language: string): PageWords => PAGES[language] ?? ['', ' / ', ''];
