import { unreachable } from '../../base/assert.ts';
import type { Typesetter } from '../../io/typeset.ts';
import type { PaperFormat } from '../../model/paper.ts';
import type { PaperLetter } from './document.ts';

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
