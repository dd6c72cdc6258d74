import { visible } from './text.ts';

/** Characters that CommonMark or GFM could read as markup anywhere in a line. */
const MARKS = /[\\`*_{}[\]<>#|~&$]/g;

/**
 * Foreign text for one line of Markdown: no markup, no link, no list or heading from how it begins, nothing that a terminal
 * acts on. A Markdown reader shows it as it was.
 */
export const markdownText = (text: string): string =>
  visible(text)
    .trim()
    .replace(MARKS, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
