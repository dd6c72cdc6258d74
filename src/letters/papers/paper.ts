import { unreachable } from '../../base/assert.ts';
import type { Typesetter } from '../../io/typeset.ts';
import type { PaperLetter } from './document.ts';

/** What a letter can be written as. Those that are text can go to a terminal or a pipe. */
export const PAPERS = {
  md: { title: 'Markdown', text: true },
  txt: { title: 'plain text', text: true },
  html: { title: 'a page for a browser or a printer', text: true },
  eml: { title: 'a mail, ready to be opened in a mail program', text: true },
  docx: { title: 'a document for a word processor', text: false },
  pdf: { title: 'PDF/A-2a and PDF/UA-1, tagged; needs the typesetter', text: false },
} as const;

export type PaperFormat = keyof typeof PAPERS;

export const isPaperFormat = (word: string): word is PaperFormat => Object.hasOwn(PAPERS, word);

/** `missing`: characters that no font has, each once; they stand in the file as `\u{..}`. */
export type Paper = Readonly<{ bytes: Uint8Array; missing: readonly string[] }>;

/**
 * A letter as a file. `typesetter` is made when a PDF is wanted, and may be handed in again and again.
 * @throws SetError, and what `typesetter` throws
 */
export async function paper(
  format: PaperFormat,
  letter: PaperLetter,
  typesetter: () => Typesetter,
): Promise<Paper> {
  switch (format) {
    case 'md':
      return whole(utf8(letter.markdown));
    case 'txt':
      return whole(utf8(letter.text));
    case 'html':
      return whole(utf8(letter.html));
    case 'eml':
      return whole(await (await import('./eml.ts')).emlOf(letter));
    case 'docx':
      return whole(await (await import('./docx.ts')).docxOf(letter));
    case 'pdf':
      return (await import('./pdf.ts')).pdfOf(typesetter(), letter);
    default:
      return unreachable(format);
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const whole = (bytes: Uint8Array): Paper => ({ bytes, missing: [] });
